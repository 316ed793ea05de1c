namespace MlNetRecurrent.Onnx.Heads;

/// <summary>The formats of all head definitions.</summary>
internal static class HeadFormats
{
    private static readonly HeadFormat[] _all = Subclasses.CreateAll<HeadFormat>();

    /// <summary>Finds the format of a head definition.</summary>
    /// <param name="definition">The type of the definition.</param>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static HeadFormat Find(Type definition) => Array.Find(_all, format => format.Definition == definition)
        ?? throw new NotSupportedException($"Outputs of {definition.Name} cannot be expressed in ONNX by this library.");

    /// <summary>Finds the head that a graph from another exporter computes.</summary>
    public static HeadFormat FindHead(ScoreShape scores) => Array.Find(_all, format => format.Matches(scores))!;
}
