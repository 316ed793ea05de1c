namespace MlNetRecurrent.Data;

/// <summary>
/// The columns of a row that a network reads, in the order of the fields of an example. The first one holds sequences; a further one holds
/// sequences of the same lengths, or one value a row.
/// </summary>
internal sealed class InputColumns
{
    /// <param name="all">The columns.</param>
    /// <param name="fields">Their fields, in the same order.</param>
    public InputColumns(IReadOnlyList<SequenceColumn> all, IReadOnlyList<InputField> fields)
    {
        All = all;
        Fields = fields;
    }

    public IReadOnlyList<SequenceColumn> All { get; }

    /// <summary>The fields of an example.</summary>
    public IReadOnlyList<InputField> Fields { get; }

    /// <summary>The first column, whose sequences say how many steps a row has.</summary>
    public SequenceColumn First => All[0];

    /// <summary>Whether it is one column of numbers or keys, which networks of all versions read.</summary>
    public bool IsPlain => All.Count == 1 && First.Characters == 0;

    public bool HasTokens => All.Any(column => column.HoldsTokens);

    /// <summary>The number of features of a step that are numbers.</summary>
    public int NumberCount => All.Sum(column => column.Features);

    public IEnumerable<string> Names => All.Select(column => column.Name);

    /// <summary>Determines the content of columns from their types.</summary>
    /// <param name="schema">The columns of the data.</param>
    /// <param name="sequences">The names of the columns of sequences.</param>
    /// <param name="statics">The names of the columns with one value a row.</param>
    /// <param name="numberOfFeatures">The number of features a step of the first column, where its type does not say it, or 0.</param>
    /// <param name="encoding">The network that reads characters.</param>
    /// <param name="embeddingSizeOf">The size of the vector of a token of a column.</param>
    /// <param name="previous">The columns of the model that the training continues, whose meaning of keys holds where a column has none; or
    /// null.</param>
    /// <exception cref="InvalidOperationException">A column cannot be read.</exception>
    public static InputColumns Find(
        DataViewSchema schema, IReadOnlyList<string> sequences, IReadOnlyList<string> statics, int numberOfFeatures,
        CharacterEncoding encoding, Func<string, int> embeddingSizeOf, InputColumns? previous)
    {
        SequenceColumn[] columns =
        [
            .. sequences.Select((name, i) => SequenceColumn.Of(schema[name], i == 0 ? numberOfFeatures : 0, takesCharacters: true)),
            .. statics.Select(name => StaticColumn.Of(schema[name])),
        ];
        for (int i = 0; i < columns.Length; i++)
        {
            string? before = i < previous?.All.Count ? previous.All[i].KeyHash : null;
            columns[i] = columns[i] with { KeyHash = KeyMeaning.HashOf(schema[columns[i].Name]) ?? before };
        }
        return new(columns, [.. columns.Select(column => column.ToField(embeddingSizeOf(column.Name), encoding))]);
    }

    /// <summary>Finds the columns in a schema, and checks that they have the content that the network was trained on.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="where">The place of the columns for messages, starting with a space.</param>
    /// <param name="trainedOn">The subject and verb of the sentence that states the expected content.</param>
    /// <exception cref="InvalidOperationException">The content differs.</exception>
    public void ThrowIfNot(DataViewSchema schema, string where = "", string trainedOn = "the model was trained on")
    {
        foreach (SequenceColumn column in All)
            column.ThrowIfNot(schema[column.Name], where, trainedOn);
    }
}
