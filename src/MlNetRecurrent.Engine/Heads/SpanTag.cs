namespace MlNetRecurrent.Engine.Heads;

/// <summary>The meaning of the name of a tag: <c>O</c>, or a letter for the position in a span and, after a hyphen, its type.</summary>
/// <param name="Position">The position of the step in the span.</param>
/// <param name="Type">The type of the span; empty where the name is the letter alone.</param>
internal readonly record struct SpanTag(SpanPosition Position, string Type)
{
    /// <summary>Whether the span goes on from the step before.</summary>
    public bool Continues => Position is SpanPosition.Inside or SpanPosition.End;

    /// <summary>Whether the span of a scheme with ends goes on with the next step.</summary>
    public bool IsOpen => Position is SpanPosition.Begin or SpanPosition.Inside;

    /// <summary>Reads a name. Null where it is not one of the scheme.</summary>
    public static SpanTag? Parse(string name, TaggingScheme scheme)
    {
        if (name == "O")
            return new(SpanPosition.Outside, "");
        if (name.Length == 0 || (name.Length > 1 && (name[1] != '-' || name.Length == 2)))
            return null;
        SpanPosition? position = name[0] switch
        {
            'B' => SpanPosition.Begin,
            'I' => SpanPosition.Inside,
            'E' when scheme == TaggingScheme.Bioes => SpanPosition.End,
            'S' when scheme == TaggingScheme.Bioes => SpanPosition.Single,
            _ => null,
        };
        return position is { } found ? new(found, name.Length > 1 ? name[2..] : "") : null;
    }
}

/// <summary>The position of a step in a span.</summary>
internal enum SpanPosition
{
    Outside,
    Begin,
    Inside,
    End,
    Single,
}
