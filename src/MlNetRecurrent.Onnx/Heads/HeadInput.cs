namespace MlNetRecurrent.Onnx.Heads;

/// <summary>The part of a graph that a head reads.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Model">The model.</param>
/// <param name="Weights">The weights of the network, with those of the head.</param>
/// <param name="Outputs">The outputs of the linear layer [batch, outputs] or [batch, time, outputs].</param>
/// <param name="Lengths">The numbers of steps of the sequences, after layers that join steps [batch].</param>
internal sealed record HeadInput(GraphBuilder Graph, TrainedModel Model, WeightReader Weights, string Outputs, string Lengths)
{
    /// <summary>The dimensions of an output: those of the batch, and of the steps where each step has outputs, and others.</summary>
    public object[] ListDimensions(params object[] others) =>
        Model.Network.Definition.EveryStep ? ["batch", "time", .. others] : ["batch", .. others];
}
