using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Tasks;

/// <summary>Checks that the labels of each row are a sequence that their scheme allows.</summary>
internal sealed class TagCheck
{
    private readonly TaggingScheme _scheme;
    private readonly string[] _names;
    private readonly TagRules _rules;
    private readonly bool[] _reached;
    private readonly DataViewRow _row;
    private readonly string _column;

    private TagCheck(TaggingScheme scheme, string[] names, DataViewRow row, string column)
    {
        (_scheme, _names, _row, _column) = (scheme, names, row, column);
        _rules = new(scheme, names);
        _reached = new bool[2 * names.Length];
    }

    /// <summary>The check of the labels of a column; null where the head has no scheme.</summary>
    /// <exception cref="InvalidOperationException">The labels have no names, or others than those of the scheme.</exception>
    public static TagCheck? For(HeadDefinition head, DataViewRow row, DataViewSchema.Column label)
    {
        TaggingScheme scheme = head.LabelScheme;
        if (scheme == TaggingScheme.None)
            return null;
        string option = $"{nameof(RecurrentOptions.TagScheme)} is {scheme}";
        string[] names = LabelValues.Read(label)?.Texts ?? throw new InvalidOperationException(
            $"Label column '{label.Name}' has keys without values. {option}, which needs the names of the labels; "
            + "MapValueToKey makes keys that have them.");
        return TagRules.FindFault(scheme, names) is { } fault
            ? throw new InvalidOperationException($"{option}, and of the labels in column '{label.Name}' {fault}.")
            : new(scheme, names, row, label.Name);
    }

    /// <exception cref="InvalidOperationException">The scheme does not allow the labels.</exception>
    public void ThrowIfForbidden(ReadOnlySpan<float> labels)
    {
        int step = _rules.FindViolation(labels, _reached);
        if (step < 0)
            return;
        int before = step - 1;
        while (before >= 0 && float.IsNaN(labels[before]))
            before--;
        string what = step == labels.Length ? $"the sequence cannot end after '{_names[(int)labels[before]]}'"
            : step == 0 ? $"'{_names[(int)labels[step]]}' cannot begin a sequence"
            : before < 0 ? $"no label can stand before '{_names[(int)labels[step]]}' at the {DescribeMissing(step)}"
            : $"'{_names[(int)labels[step]]}' cannot follow '{_names[(int)labels[before]]}'";
        string missing = before < 0 || before == step - 1 ? "" : $" with {CountedNoun.Text(step - before - 1, "missing label")} between";
        throw new InvalidOperationException(
            $"Label column '{_column}': row {_row.Position}, step {Math.Min(step, labels.Length - 1)} (both counted from 0): "
            + $"{what}{missing} in the scheme {_scheme}. "
            + $"Correct the labels, or set {nameof(RecurrentOptions.TagScheme)} to {TaggingScheme.None}.");
    }

    private static string DescribeMissing(int steps) =>
        steps == 1 ? "step with a missing label" : $"{CountedNoun.Text(steps, "step")} with missing labels";
}
