namespace MlNetRecurrent;

/// <summary>The scheme by which the labels of a tagger mark spans, such as the names in a text.</summary>
/// <remarks>
/// Labels are <c>O</c>, or a letter, a hyphen and the type of the span, such as <c>B-PER</c>. The letter alone is a label without a type.
/// </remarks>
public enum TagScheme
{
    /// <summary>Any label can follow any other.</summary>
    None,

    /// <summary>
    /// B marks the first step of a span, I all others, and O a step outside of spans (also called IOB2). I can follow only B or I of the
    /// same type.
    /// </summary>
    Bio,

    /// <summary>
    /// B marks the first step of a span, E the last, I all others, S a span of one step, and O a step outside of spans (also called
    /// IOBES). I and E can follow only B or I of the same type. After B or I, only I or E of the same type can follow.
    /// </summary>
    Bioes,
}
