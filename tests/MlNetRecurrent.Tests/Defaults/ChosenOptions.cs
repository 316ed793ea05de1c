using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Tasks;
using MlNetRecurrent.Trainers;

namespace MlNetRecurrent.Tests.Defaults;

/// <summary>What is chosen for data of a size, a task and a network, without a training.</summary>
internal static class ChosenOptions
{
    public static RecurrentOptions Choose(
        RecurrentOptions given, RecurrentTask task, int rows, int steps = 1, int tokens = 0, bool windowsOverlap = false, int features = 1)
    {
        var sequences = new SequenceSet(tokens > 0 ? 0 : features);
        for (int row = 0; row < rows; row++)
        {
            int[] ids = [.. Enumerable.Range(row * steps, steps).Select(token => tokens > 0 ? token % tokens : 0)];
            if (tokens > 0)
                sequences.Add(ids, label: 0);
            else
                sequences.Add(new float[steps * features], label: 0);
        }
        DataStatistics data = DataStatistics.Of(sequences);
        RecurrentOptions chosen = TrainingDefaults.Begin(given, task, hasValidationView: false);
        TrainingDefaults.ChooseSplit(
            given, chosen, task, count => rows >= count, tokens > 0 ? () => data.MeanTokenCount : null, windowsOverlap);
        TrainingDefaults.ChoosePooling(chosen, task, data, previous: null);
        NetworkDefinition network = new()
        {
            Features = features,
            Tokens = tokens,
            Layers = [.. given.Layers.Select(layer => layer.Definition)],
            Outputs = 3,
            EveryStep = task.EveryStep,
        };
        TrainingDefaults.Complete(
            given, chosen, task, data, network, goesOn: false, rowsAreAlike: windowsOverlap && chosen.ValidationFraction == 0);
        return chosen;
    }
}
