namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>A batch of sequences in a graph.</summary>
/// <param name="Steps">The name of the value of all steps [time, batch, Features]. Steps after the end of a sequence are zero.</param>
/// <param name="Features">The number of features of a step.</param>
/// <param name="Lengths">The name of the lengths, Int32 [batch]. All are at least 1: an empty sequence has one step of zeros.</param>
/// <param name="Last">The name of the last states [batch, Features]; empty where there are none.</param>
internal sealed record SequenceValue(string Steps, int Features, string Lengths, string Last = "");
