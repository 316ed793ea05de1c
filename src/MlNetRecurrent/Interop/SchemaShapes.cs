namespace MlNetRecurrent.Interop;

/// <summary>Makes <see cref="SchemaShape"/>s and their columns, whose constructors are internal to ML.NET.</summary>
internal static class SchemaShapes
{
    /// <summary>The shape that a schema has.</summary>
    public static SchemaShape Of(DataViewSchema schema) => SchemaShape.Create(schema);

    /// <summary>A column without annotations.</summary>
    public static SchemaShape.Column Plain(string name, SchemaShape.Column.VectorKind kind, DataViewType item) =>
        new(name, kind, item, isKey: false);

    /// <summary>A column with annotations.</summary>
    public static SchemaShape.Column With(
        string name,
        SchemaShape.Column.VectorKind kind,
        DataViewType item,
        bool isKey,
        params IEnumerable<SchemaShape.Column> annotations) =>
        new(name, kind, item, isKey, new SchemaShape(annotations));

    /// <summary>The same column under another name.</summary>
    public static SchemaShape.Column Rename(SchemaShape.Column column, string name) =>
        new(name, column.Kind, column.ItemType, column.IsKey, column.Annotations);

    /// <summary>The type of a column, for messages.</summary>
    public static string Describe(SchemaShape.Column column)
    {
        string item = column.IsKey ? $"Key<{column.ItemType}>" : column.ItemType.ToString()!;
        return column.Kind switch
        {
            SchemaShape.Column.VectorKind.Scalar => item,
            SchemaShape.Column.VectorKind.Vector => $"a vector of {item}",
            _ => $"a vector of {item} of variable length",
        };
    }

    /// <summary>A column that a scorer adds, with the annotations that every such column has and those given.</summary>
    public static SchemaShape.Column ScoreColumn(
        string name,
        SchemaShape.Column.VectorKind kind,
        DataViewType item,
        bool isKey,
        params IEnumerable<SchemaShape.Column> annotations) =>
        With(name, kind, item, isKey,
        [
            new(AnnotationNames.ScoreColumnSetId, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true),
            Plain(AnnotationNames.ScoreColumnKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance),
            Plain(AnnotationNames.ScoreValueKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance),
            .. annotations,
        ]);

    /// <summary>A column of probabilities, annotated as such.</summary>
    public static SchemaShape.Column ProbabilityColumn(
        string name, SchemaShape.Column.VectorKind kind, IEnumerable<SchemaShape.Column> annotations) =>
        ScoreColumn(
            name, kind, NumberDataViewType.Single, isKey: false,
            [
                .. annotations,
                Plain(AnnotationNames.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance),
            ]);

    /// <summary>The annotation with the slot names of a column, if it has any.</summary>
    public static IEnumerable<SchemaShape.Column> SlotNames(SchemaShape.Column column) =>
        column.Annotations.Where(annotation => annotation.Name == AnnotationNames.SlotNames);

    /// <summary>The annotation with the values of a label's keys, if it has any.</summary>
    public static IEnumerable<SchemaShape.Column> KeyValues(SchemaShape.Column label, string annotationName) => label.Annotations
        .Where(annotation => annotation.Name == AnnotationNames.KeyValues)
        .Select(annotation => Plain(annotationName, annotation.Kind, annotation.ItemType));
}
