namespace MlNetRecurrent.Sequences;

/// <summary>The shapes of the columns that transforms of sequences read and make, and the columns themselves.</summary>
internal static class SchemaShapeRules
{
    /// <exception cref="ArgumentOutOfRangeException">The column is missing.</exception>
    public static SchemaShape.Column Find(SchemaShape schema, string name)
    {
        foreach (SchemaShape.Column column in schema)
        {
            if (column.Name == name)
                return column;
        }
        throw Missing(null, name, schema.Select(column => column.Name));
    }

    /// <param name="schema">The schema.</param>
    /// <param name="name">The column.</param>
    /// <param name="parameter">The caller's parameter for the data; null where the caller passed no schema.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string? parameter = null) =>
        schema.GetColumnOrNull(name) ?? throw Missing(parameter, name, schema.Select(column => column.Name));

    /// <summary>A column that must hold a sequence of numbers, or also of keys.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another kind.</exception>
    public static SchemaShape.Column Sequence(SchemaShape schema, string name, bool orKeys = false)
    {
        SchemaShape.Column column = Find(schema, name);
        bool holdsSteps = column.IsKey ? orKeys : column.ItemType == NumberDataViewType.Single;
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar && holdsSteps)
            return column;
        throw Unfit(column, orKeys
            ? "a vector of Single or of keys (MapValueToKey makes keys of text)"
            : "a vector of Single (ConvertType makes numbers Single)");
    }

    /// <summary>A vector of numbers, with names where its size is known.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isFixed">Whether its size is known.</param>
    /// <param name="sources">The columns that it is made of.</param>
    public static SchemaShape.Column Numbers(string name, bool isFixed, params SchemaShape.Column[] sources)
    {
        SchemaShape.Column.VectorKind kind = isFixed ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector;
        IEnumerable<SchemaShape.Column> names = isFixed ? [SlotNames] : [];
        return SchemaShapes.With(name, kind, NumberDataViewType.Single, isKey: false, [.. names, .. KeyMeaningOf(sources)]);
    }

    /// <summary>A column of windows, whose annotations hold the horizon.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="sources">The columns that they are made of.</param>
    public static SchemaShape.Column Windows(string name, params SchemaShape.Column[] sources) => SchemaShapes.With(
        name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
        [
            SlotNames,
            SchemaShapes.Plain(AnnotationNames.Horizon, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Int32),
            SchemaShapes.Plain(AnnotationNames.SlidingWindow, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance),
            .. KeyMeaningOf(sources),
        ]);

    /// <summary>The annotation of a sequence with the meaning of its keys or one-hot numbers, if its sources have a meaning.</summary>
    public static IEnumerable<SchemaShape.Column> KeyMeaningOf(params SchemaShape.Column[] sources) =>
        Array.Exists(sources, KeyMeaning.IsPromised)
            ? [SchemaShapes.Plain(AnnotationNames.KeyMeaning, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance)]
            : [];

    /// <exception cref="ArgumentOutOfRangeException">The column does not say how rows follow one another.</exception>
    public static void ThrowIfNoOrder(SchemaShape.Column column)
    {
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || column.ItemType == TextDataViewType.Instance)
            throw Unfit(column, "a number or a time, for the order (ConvertType parses text into DateTime)");
    }

    /// <summary>The shape of a schema to which columns are added.</summary>
    public static SchemaShape With(SchemaShape schema, params IEnumerable<SchemaShape.Column> added)
    {
        Dictionary<string, SchemaShape.Column> columns = schema.ToDictionary(column => column.Name);
        foreach (SchemaShape.Column column in added)
            columns[column.Name] = column;
        return new(columns.Values);
    }

    private static ArgumentOutOfRangeException Missing(string? parameter, string name, IEnumerable<string> names) =>
        new(parameter, name, $"Column '{name}' is missing. The data has: {string.Join(", ", names)}.");

    public static ArgumentOutOfRangeException Unfit(SchemaShape.Column column, string expected)
    {
        string found = SchemaShapes.Describe(column);
        return new(paramName: null, found, $"Column '{column.Name}' is {found}; expected {expected}.");
    }

    private static SchemaShape.Column SlotNames =>
        SchemaShapes.Plain(AnnotationNames.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance);
}
