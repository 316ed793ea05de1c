namespace MlNetRecurrent.Leaks;

/// <summary>
/// Compares labels with the columns that a network reads, while the training reads its first rows. It compares values, not names: a
/// label is often a copy of a column, with another name or with imputed values.
/// </summary>
/// <param name="fields">The check of each column.</param>
internal sealed class LabelWatch(IReadOnlyList<FieldLeakWatch> fields)
{
    /// <summary>Whether the search has ended.</summary>
    public bool IsDone => fields.All(watch => watch.IsDone);

    /// <summary>Starts the search, before the first row of the data.</summary>
    public void Begin()
    {
        foreach (FieldLeakWatch field in fields)
            field.Begin();
    }

    /// <summary>Compares the labels and the columns of a row.</summary>
    public void Look(SequenceSet sequences, int index)
    {
        foreach (FieldLeakWatch field in fields)
        {
            if (!field.IsDone)
                field.Look(sequences, index);
        }
    }

    /// <summary>Ends the search, after the last row.</summary>
    public void End()
    {
        foreach (FieldLeakWatch field in fields)
            field.End();
    }
}
