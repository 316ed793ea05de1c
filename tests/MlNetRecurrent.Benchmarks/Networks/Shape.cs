using System.Globalization;

namespace MlNetRecurrent.Benchmarks.Networks;

/// <summary>A network and a batch: cell, batch size, steps, inputs, hidden units, layers, as <c>lstm.32.50.16.64.1</c>.</summary>
internal sealed record Shape(string Cell, int Batch, int Steps, int Inputs, int Hidden, int Layers)
{
    /// <summary>What the peer measures too.</summary>
    public static readonly string[] Standard =
    [
        "lstm.1.100.16.64.1", "lstm.32.50.16.64.1", "lstm.32.100.64.128.1",
        "lstm.64.100.128.256.1", "lstm.64.100.128.256.2", "lstm.64.100.512.512.1",
        "gru.1.100.16.64.1", "gru.32.50.16.64.1", "gru.64.100.128.256.1",
        "rnn.1.100.16.64.1", "rnn.32.50.16.64.1", "rnn.64.100.128.256.1",
    ];

    /// <summary>Floating-point operations of the products of a forward pass.</summary>
    public double InferFlops => Outputs * (Inputs + Hidden + (Layers - 1.0) * 2 * Hidden);

    /// <summary>
    /// Floating-point operations of the products of a training step: forward, the gradients of the states, those of the inputs (not in the
    /// first layer) and those of the weights.
    /// </summary>
    public double TrainFlops => 2 * InferFlops + Outputs * (Hidden + (Layers - 1.0) * 2 * Hidden);

    /// <summary>Twice the outputs of all gates at all steps.</summary>
    private double Outputs => 2.0 * Batch * Steps * Hidden * (Cell switch { "lstm" => 4, "gru" => 3, _ => 1 });

    public static Shape Parse(string text)
    {
        string[] parts = text.Split('.');
        int[] numbers = [.. parts.Skip(1).Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return numbers.Length == 5
            ? new(parts[0], numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
            : throw new FormatException($"A shape is CELL.B.T.I.H.L, not '{text}'.");
    }
}
