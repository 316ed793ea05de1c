namespace MlNetRecurrent.Engine.Heads;

/// <summary>How the names of tags say where the steps of a sequence form a span.</summary>
internal enum TaggingScheme
{
    /// <summary>Tags are independent of their names.</summary>
    None,

    /// <summary>B is the first step of a span, I any other, O a step outside of spans.</summary>
    Bio,

    /// <summary>B is the first step of a span, E the last, I any other, S a span of one step, O a step outside of spans.</summary>
    Bioes,
}
