using MlNetRecurrent.Data;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>All that a trained model is: the column it reads, the network, and what its outputs mean. It does not change.</summary>
internal sealed record RecurrentModel(SequenceColumn Features, TaskOutputs Outputs, TrainedNetwork Network, TrainingSummary Training);

/// <summary>What is remembered of the training, for whoever looks into a model file.</summary>
internal sealed record TrainingSummary
{
    public required int Epochs { get; init; }

    public required int Sequences { get; init; }

    public required double FinalLoss { get; init; }

    public required int Seed { get; init; }
}
