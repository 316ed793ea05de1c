namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A quantity inside a network that a model can show in addition to its outputs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">The sizes of its dimensions, at a step or of a sequence.</param>
/// <param name="IsPerStep">Whether every step of the layer has one. Otherwise every sequence has one.</param>
/// <param name="Layer">The number of the layer that records it, from 0, or null for the input of the head.</param>
internal sealed record Inspection(string Name, IReadOnlyList<int> Dimensions, bool IsPerStep, int? Layer)
{
    /// <summary>The name of the input of the head: the units of the last layer, pooled, or those of each step.</summary>
    public const string Encoding = "Encoding";

    /// <summary>The name of the probabilities of the actions of the stacks, step by step.</summary>
    public const string StackActions = "StackActions";

    /// <summary>The number of values at a step or of a sequence.</summary>
    public int Width => Dimensions.Aggregate(1, (product, size) => checked(product * size));
}
