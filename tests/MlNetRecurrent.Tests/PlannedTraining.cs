namespace MlNetRecurrent.Tests;

/// <summary>A training to which the trainer adds nothing: no noise, no smoothing, no validation part.</summary>
internal static class PlannedTraining
{
    private const float LearningRate = 1e-3f;

    private const int Epochs = 20;

    /// <summary>Sets what is not set of the number of epochs, the learning rate, the schedule and the pooling.</summary>
    public static RecurrentOptions Planned(this RecurrentOptions options)
    {
        if (!options.HasNumberOfEpochs)
            options.NumberOfEpochs = Epochs;
        if (!options.HasLearningRate)
            options.LearningRate = LearningRate;
        if (options.Schedule == LearningRateSchedule.Automatic)
            options.Schedule = LearningRateSchedule.Constant;
        if (options.Pooling == SequencePooling.Automatic)
            options.Pooling = SequencePooling.Last;
        return options;
    }
}
