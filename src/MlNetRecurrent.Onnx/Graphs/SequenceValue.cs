namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>Sequences in a graph.</summary>
/// <param name="Steps">The value of all steps [time, batch, Features]; what is beyond the end of a sequence is zero.</param>
/// <param name="Features">Numbers of a step.</param>
/// <param name="Lengths">The value of the lengths, Int32 [batch], of which none is 0: an empty sequence has a step of zeros.</param>
/// <param name="Last">The value of what is known at the end of each sequence [batch, Features]; empty where nothing is.</param>
internal sealed record SequenceValue(string Steps, int Features, string Lengths, string Last = "");
