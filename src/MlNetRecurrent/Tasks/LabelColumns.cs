namespace MlNetRecurrent.Tasks;

/// <summary>The label columns that a network learns: the main one, then those of additional outputs.</summary>
internal sealed class LabelColumns(IReadOnlyList<LabelColumn> columns)
{
    /// <summary>All columns, the main one first.</summary>
    public IReadOnlyList<LabelColumn> All => columns;

    /// <summary>The main column.</summary>
    public LabelColumn Main => columns[0];

    /// <summary>The number of values of a label of all columns.</summary>
    public int Size => columns.Sum(column => column.Size);

    /// <summary>For each value of a label: whether it is the number of a class.</summary>
    public IEnumerable<bool> AreClasses => columns.SelectMany(column => Enumerable.Repeat(column.Task.HasClasses, column.Size));

    /// <summary>The names of the columns, for messages.</summary>
    public string Names => columns.Count == 1
        ? $"column '{Main.Column.Name}'"
        : $"the columns {string.Join(", ", columns.Select(column => $"'{column.Column.Name}'"))}";

    /// <summary>Each column, and the place of its first value among those of all.</summary>
    public IEnumerable<(LabelColumn Column, int First)> Places
    {
        get
        {
            int first = 0;
            foreach (LabelColumn column in columns)
            {
                yield return (column, first);
                first += column.Size;
            }
        }
    }

    /// <summary>Creates the outputs of a model from the labels of the training data.</summary>
    /// <param name="data">The figures of the data.</param>
    /// <param name="previous">The outputs of the model that the training continues, or null.</param>
    /// <exception cref="InvalidOperationException">Nothing can be learned from the labels of a column.</exception>
    /// <exception cref="ArgumentException">The previous model has other labels.</exception>
    public TaskOutputs LearnOutputs(DataStatistics data, TaskOutputs? previous)
    {
        string[] before = JointOutputs.NamesOf(previous), now = [.. columns.Skip(1).Select(column => column.Output!)];
        if (previous is not null && !before.SequenceEqual(now))
        {
            throw LabelColumn.OtherThanBefore(
                $"its additional outputs are {ListNames(before)}, those of the options are {ListNames(now)}",
                "All outputs must be those of the previous model, in the same order.");
        }
        if (columns.Count == 1)
            return Main.Task.LearnOutputs(Main, data, previous);
        List<JointOutput> outputs = [];
        foreach ((LabelColumn column, int first) in Places)
        {
            DataStatistics figures = data.OfLabels(first, column.Size);
            if (figures.Labels.All(label => label.Weight == 0))
            {
                throw new InvalidOperationException(
                    $"None of the {data.Count} rows to learn from has a label in column '{column.Column.Name}'.");
            }
            TaskOutputs? last = previous is JointOutputs joint ? joint.Parts[outputs.Count].Outputs : null;
            outputs.Add(new(column.Output, column.Task.LearnOutputs(column, figures, last), column.LossWeight));
        }
        return new JointOutputs(outputs);
    }

    private static string ListNames(string[] names) =>
        names.Length == 0 ? "none" : string.Join(", ", names.Select(name => $"'{name}'"));
}
