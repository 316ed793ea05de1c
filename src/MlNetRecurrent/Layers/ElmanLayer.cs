using MlNetRecurrent.Checks;

namespace MlNetRecurrent;

/// <summary>A simple recurrent layer (Elman, "Finding Structure in Time", 1990).</summary>
/// <remarks>
/// At each step, with the input x and the previous state h₋:
/// <code>
/// h = f(W x + R h₋ + b)
/// </code>
/// The layer has Size · (inputs + Size + 1) parameters. W is initialized after Glorot and Bengio, R as an orthogonal matrix, b with zeros.
/// </remarks>
/// <param name="Size">The number of hidden units. Between 1 and 65536.</param>
public sealed record ElmanLayer(int Size) : RecurrentLayer(Size)
{
    /// <summary>The activation function f. Default: <see cref="ElmanActivation.Tanh"/>.</summary>
    public ElmanActivation Activation { get; init; } = ElmanActivation.Tanh;

    internal override void Validate(string name, bool everyStep)
    {
        base.Validate(name, everyStep);
        OptionCheck.That(Enum.IsDefined(Activation), $"{name}.{nameof(Activation)}", Activation, "Tanh or Relu");
    }

    private protected override LayerDefinition Describe() =>
        Activation == ElmanActivation.Tanh ? new ElmanDefinition(Size) : new ElmanRectifierDefinition(Size);
}
