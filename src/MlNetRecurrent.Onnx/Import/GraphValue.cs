namespace MlNetRecurrent.Onnx.Import;

/// <summary>What is known of a value of a graph that depends on its input.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Axes">Its axes: a and b, of which one is the time and the other the batch, F for features, D for directions, H for the units of a direction, 1 for one of size 1.</param>
/// <param name="Part">Of a value that holds one direction only: which.</param>
/// <param name="IsOfAllLayers">Whether the ends of the layers below stand before those of the last one, on the axis of directions.</param>
internal sealed record GraphValue(GraphValueKind Kind, string Axes, int? Part = null, bool IsOfAllLayers = false)
{
    public GraphValue With(string axes) => this with { Axes = axes };

    /// <summary>The place of an axis, which may be counted from the end.</summary>
    public int Place(long axis) => (int)(axis < 0 ? axis + Axes.Length : axis) is var place && place >= 0 && place < Axes.Length ? place : throw new InvalidDataException($"The file is damaged: there is no axis {axis} of {Axes.Length}.");
}

/// <summary>What a value of a graph is.</summary>
internal enum GraphValueKind
{
    /// <summary>Numbers that the graph reads.</summary>
    Features,

    /// <summary>Numbers of tokens that the graph reads.</summary>
    Tokens,

    /// <summary>What the last layer that was met makes of each step.</summary>
    Steps,

    /// <summary>What it knows at the end.</summary>
    Last,

    /// <summary>The mean of its steps.</summary>
    Mean,

    /// <summary>The largest of its steps.</summary>
    Max,

    /// <summary>The product with the weights of the head, to which a bias may be added.</summary>
    Product,

    /// <summary>The outputs of the head.</summary>
    Outputs,

    /// <summary>Probabilities of classes.</summary>
    Probabilities,

    /// <summary>The probability of yes.</summary>
    Probability,
}
