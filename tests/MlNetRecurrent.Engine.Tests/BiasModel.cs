using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Optimizers;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>
/// A network of which only the biases of the head are not zero: they are its outputs, and a training can be followed by hand.
/// </summary>
internal static class BiasModel
{
    /// <summary>One value for each sequence.</summary>
    public static NetworkDefinition Definition { get; } = new()
    {
        Features = 1,
        Layers = [new ElmanDefinition(1)],
        Outputs = 1,
        Head = HeadDefinition.Value
    };

    /// <summary>Plain gradient descent.</summary>
    public static TrainingSettings Settings { get; } = new()
    {
        NumberOfEpochs = 1,
        BatchSize = 1000,
        LearningRate = 1e-30,
        Optimizer = new() { Kind = OptimizerKind.Sgd },
        Seed = 1
    };

    public static TrainingJob Job(NetworkDefinition definition, SequenceSet data, TrainingSettings settings, float[] biases,
        TrainingObserver? observer = null, ValidationSplit? split = null) =>
        Jobs.Of(definition, data, settings, observer: observer, split: split) with { Start = Start(definition, biases) };

    /// <summary>Sequences of one step.</summary>
    public static SequenceSet Data(params (float Label, float Weight)[] rows)
    {
        var data = new SequenceSet(1);
        foreach ((float label, float weight) in rows)
            data.Add([0f], label, weight);
        return data;
    }

    /// <summary>The biases of the head after a training that began with zeros.</summary>
    public static float[] Train(NetworkDefinition definition, SequenceSet data, TrainingSettings settings)
    {
        TrainedNetwork network = TrainedNetwork.Train(Job(definition, data, settings, new float[definition.Outputs])).Network;
        return Biases(definition, network.Parameters);
    }

    public static float[] Biases(NetworkDefinition definition, Parameters<float> parameters)
    {
        ParameterTensor bias = definition.Tensors.Single(tensor => tensor.Name == "head.bias");
        return [.. Enumerable.Range(0, bias.Rows).Select(row => parameters.Values.Span[(int)bias.Position(row, 0)])];
    }

    /// <summary>Weights of which only some elements, in the first column of their tensors, are not zero.</summary>
    public static Parameters<float> Weights(NetworkDefinition definition, params (string Tensor, int Row, float Value)[] elements)
    {
        var network = new Network<Kernels.ScalarLane, float>(definition);
        var weights = new Parameters<float>(network.ParameterCount);
        foreach ((string name, int row, float value) in elements)
            weights.Values.Span[(int)network.Tensors.Single(tensor => tensor.Name == name).Position(row, 0)] = value;
        return weights;
    }

    private static Parameters<float> Start(NetworkDefinition definition, float[] biases) =>
        Weights(definition, [.. biases.Select((bias, row) => ("head.bias", row, bias))]);
}
