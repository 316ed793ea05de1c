namespace MlNetRecurrent.Tests;

/// <summary>The weights of a model, to be compared bit by bit.</summary>
internal static class Weights
{
    public static float[] Of(RecurrentTransformer model) => model.Model.Network.Parameters.Values.Span.ToArray();
}
