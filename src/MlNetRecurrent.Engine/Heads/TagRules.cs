namespace MlNetRecurrent.Engine.Heads;

/// <summary>The sequences of tags that a scheme allows.</summary>
/// <param name="scheme">The scheme.</param>
/// <param name="names">The names of the tags, all of the scheme.</param>
internal sealed class TagRules(TaggingScheme scheme, IReadOnlyList<string> names)
{
    private readonly SpanTag[] _tags = [.. names.Select(name => SpanTag.Parse(name, scheme)!.Value)];

    /// <summary>The reason why the names do not fit the scheme, as the end of a sentence; null where they fit.</summary>
    public static string? FindFault(TaggingScheme scheme, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (SpanTag.Parse(name, scheme) is null)
            {
                string letters = scheme == TaggingScheme.Bio ? "B or I" : "B, I, E or S";
                return $"'{name}' is not O, and not {letters} followed by a hyphen and a type";
            }
        }
        var rules = new TagRules(scheme, names);
        // Such a tag makes sequences of every length possible.
        bool canStandAlone = Enumerable.Range(0, names.Count).Any(tag =>
            rules.MayBegin(tag) && rules.MayFollow(tag, tag) && rules.MayEnd(tag));
        return canStandAlone ? null : $"no label can stand alone, as O{(scheme == TaggingScheme.Bio ? " or B" : " or S")} can";
    }

    /// <summary>Whether a sequence can begin with a tag.</summary>
    public bool MayBegin(int tag) => !_tags[tag].Continues;

    /// <summary>Whether a sequence can end with a tag.</summary>
    public bool MayEnd(int tag) => scheme == TaggingScheme.Bio || !_tags[tag].IsOpen;

    /// <summary>Whether a tag can follow another.</summary>
    public bool MayFollow(int before, int tag) => _tags[tag].Continues
        ? _tags[before].IsOpen && _tags[before].Type == _tags[tag].Type
        : MayEnd(before);

    /// <summary>Finds the first label that no allowed sequence has in its place.</summary>
    /// <param name="labels">The labels of the steps; NaN where they are missing, and any tag may be.</param>
    /// <param name="reached">A buffer of two values for each tag.</param>
    /// <returns>The step of the label, the number of steps where no such sequence can end, or -1 where there is one.</returns>
    public int FindViolation(ReadOnlySpan<float> labels, Span<bool> reached)
    {
        int count = _tags.Length;
        Span<bool> before = reached[..count], now = reached.Slice(count, count);
        for (int t = 0; t < labels.Length; t++)
        {
            bool isPossible = false;
            for (int tag = 0; tag < count; tag++)
            {
                bool isLabel = float.IsNaN(labels[t]) || (int)labels[t] == tag;
                now[tag] = isLabel && (t == 0 ? MayBegin(tag) : CanReach(before, tag));
                isPossible |= now[tag];
            }
            if (!isPossible)
                return t;
            Span<bool> swapped = before;
            before = now;
            now = swapped;
        }
        for (int tag = 0; tag < count; tag++)
        {
            if (labels.IsEmpty || (before[tag] && MayEnd(tag)))
                return -1;
        }
        return labels.Length;
    }

    private bool CanReach(ReadOnlySpan<bool> before, int tag)
    {
        for (int other = 0; other < before.Length; other++)
        {
            if (before[other] && MayFollow(other, tag))
                return true;
        }
        return false;
    }
}
