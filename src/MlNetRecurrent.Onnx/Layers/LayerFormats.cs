namespace MlNetRecurrent.Onnx.Layers;

/// <summary>The formats of all layer definitions.</summary>
internal static class LayerFormats
{
    private static readonly LayerFormat[] _all = Subclasses.CreateAll<LayerFormat>();

    /// <summary>Finds the format of a layer definition.</summary>
    /// <param name="definition">The type of the definition.</param>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static LayerFormat Find(Type definition) => Array.Find(_all, format => format.Definition == definition)
        ?? throw new NotSupportedException($"Layers of {definition.Name} cannot be expressed in ONNX by this library.");

    /// <summary>Finds the cell that a recurrent operator of a file computes; null for other operators.</summary>
    public static OperatorFormat? FindCell(NodeProto node) => _all.OfType<OperatorFormat>().FirstOrDefault(cell => cell.Matches(node));
}
