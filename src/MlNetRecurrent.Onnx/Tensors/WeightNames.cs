namespace MlNetRecurrent.Onnx.Tensors;

/// <summary>The names of weights in a network and in ONNX files of this library.</summary>
internal static class WeightNames
{
    /// <summary>What the names of the weights of the head begin with.</summary>
    public const string OfHead = "head";

    public const string Head = OfHead + ".weight";
    public const string HeadBias = OfHead + ".bias";

    /// <summary>The name of the vectors of the tokens of an input.</summary>
    /// <param name="input">The place of the input.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="table">The name of the table; there are several for characters.</param>
    public static string FormatEmbedding(int input, int inputs, string table = "weight") =>
        $"{FormatInput(input, inputs)}.{table}";

    /// <summary>The beginning of the names of the weights of an input.</summary>
    /// <param name="input">The place of the input.</param>
    /// <param name="inputs">The number of inputs.</param>
    public static string FormatInput(int input, int inputs) => inputs == 1 ? "embedding" : $"embeddings.{input}";

    /// <summary>Whether it is a table of the vectors of tokens.</summary>
    public static bool IsOfEmbedding(string name) => name.StartsWith("embedding", StringComparison.Ordinal);

    /// <summary>The name of a layer, with which the names of its weights begin.</summary>
    public static string FormatLayer(int index) => $"layers.{index}";

    /// <summary>The beginning of the names of the weights of each direction of a layer.</summary>
    public static string[] ListDirections(string layer, bool isBidirectional) =>
        isBidirectional ? [$"{layer}.forward.", $"{layer}.backward."] : [$"{layer}."];
}
