using System.Globalization;
using MlNetRecurrent.Data;

namespace MlNetRecurrent.Leaks;

/// <summary>Says which slots of a column are of one series, and what they are called.</summary>
/// <param name="features">Numbers of a step.</param>
/// <param name="length">Numbers of a row; 0 where rows differ.</param>
/// <param name="names">The names that the column has, or none.</param>
/// <param name="holdsTokens">Whether a step is a key.</param>
/// <param name="step">What the last step is called in messages.</param>
/// <param name="label">The names that the column of the labels has, or had before it was copied.</param>
internal sealed class LeakNames(int features, int length, string[] names, bool holdsTokens, string step, IReadOnlyCollection<string> label)
{
    /// <summary>
    /// Whether a slot, counted from the end, is a column of a table, at some lag perhaps. Without a name it may be the task to remember the
    /// number at some place of a sequence.
    /// </summary>
    public bool IsOfTable(int slot) => Parse(slot) is { Series: not null, IsMade: false };

    public bool IsInLastStep(int slot) => slot <= features;

    /// <summary>Whether a slot is of the row of the label, as its name says.</summary>
    public bool IsOfRow(int slot) => Parse(slot) is { HasLag: true, Place: "t" };

    /// <summary>Whether a slot is of an earlier row, as its name says: what it holds was known before the label.</summary>
    public bool IsEarlier(int slot) => Parse(slot) is { HasLag: true, Place: ['t', '-', ..] };

    /// <summary>Whether a slot holds an earlier label, as its name says. In a series that repeats itself it may equal the label.</summary>
    public bool IsEarlierLabel(int slot) => IsEarlier(slot) && Parse(slot).Series is { } series && label.Any(name => series == $"{name}[]");

    /// <summary>Whether two slots are different steps of the same thing.</summary>
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
