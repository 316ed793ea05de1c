using System.Globalization;

namespace MlNetRecurrent.Leaks;

/// <summary>The names of the slots of a column, and the series they belong to.</summary>
/// <param name="features">The number of features per step.</param>
/// <param name="length">The number of values per row; 0 if it varies.</param>
/// <param name="names">The slot names of the column, or none.</param>
/// <param name="holdsTokens">Whether the steps are keys.</param>
/// <param name="step">The last step in messages.</param>
/// <param name="label">The names of the label column and of the columns it was copied from.</param>
internal sealed class LeakNames(int features, int length, string[] names, bool holdsTokens, string step, IReadOnlyCollection<string> label)
{
    /// <summary>
    /// Whether a slot, counted from the end, is a column of a table, possibly with a lag. A slot without a name may be a value at a
    /// position of a sequence that the network is meant to remember.
    /// </summary>
    public bool IsOfTable(int slot) => Parse(slot) is { Series: not null, IsMade: false };

    public bool IsInLastStep(int slot) => slot <= features;

    /// <summary>Whether the slot belongs to the row of the label, according to its name.</summary>
    public bool IsOfRow(int slot) => Parse(slot) is { HasLag: true, Place: "t" };

    /// <summary>Whether the slot belongs to an earlier row, according to its name. Its value was known before the label.</summary>
    public bool IsEarlier(int slot) => Parse(slot) is { HasLag: true, Place: ['t', '-', ..] };

    /// <summary>
    /// Whether the slot holds an earlier label, according to its name. In a series that repeats itself, it may equal the label.
    /// </summary>
    public bool IsEarlierLabel(int slot) => IsEarlier(slot) && Parse(slot).Series is { } series && label.Any(name => series == $"{name}[]");

    /// <summary>Whether two slots are different steps of the same series.</summary>
    public bool AreOneSeries(int slot, int other)
    {
        if (slot == other)
            return false;
        StepName one = Parse(slot), two = Parse(other);
        return one.Series is null ? (slot - other) % features == 0 : one.Series == two.Series && one.Place != two.Place;
    }

    public string Describe(int slot)
    {
        if (Name(slot) is { Length: > 0 } name)
            return $"'{name}'";
        if (holdsTokens)
            return $"the key of {step}";
        int feature = features - 1 - (slot - 1) % features;
        return IsInLastStep(slot)
            ? string.Create(CultureInfo.InvariantCulture, $"feature {feature} (counted from 0) of {step}")
            : string.Create(CultureInfo.InvariantCulture, $"feature {feature} of step {(length - slot) / features} (both counted from 0)");
    }

    private StepName Parse(int slot) => StepName.Parse(Name(slot));

    private string Name(int slot) => length > 0 && names.Length == length ? names[length - slot] : "";
}
