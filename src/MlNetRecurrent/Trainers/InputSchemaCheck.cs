using MlNetRecurrent.Checks;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Trainers;

/// <summary>Checks that a schema has the columns that a trainer needs.</summary>
internal static class InputSchemaCheck
{
    private const string Usual = "data";

    /// <param name="schema">The columns.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">The options, which name the columns.</param>
    /// <param name="data">The name of the data in errors.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public static void ThrowIfUnfit(SchemaShape schema, RecurrentTask task, RecurrentOptions options, string data = Usual)
    {
        foreach (string name in options.FeatureColumnNames)
            CheckFeatures(Find(schema, name, "Feature", data));
        foreach (string name in options.StaticColumnNames)
            CheckStatic(Find(schema, name, "Static", data));
        SchemaShape.Column label = Find(schema, options.LabelColumnName, "Label", data);
        if (!task.IsLabel(label))
            throw Unfit("Label", label, data, task.LabelExpected);
        foreach (AdditionalOutput output in options.AdditionalOutputs)
        {
            SchemaShape.Column additional = Find(schema, output.LabelColumnName, "Label", data);
            CheckAdditional(output, additional, task.EveryStep, data);
            bool isOfSequence = task.EveryStep && additional.Kind == SchemaShape.Column.VectorKind.Scalar;
            OptionCheck.That(
                options.TruncatedBpttSteps == 0 || !isOfSequence, nameof(options.TruncatedBpttSteps), options.TruncatedBpttSteps,
                $"0 with the additional output '{output.Name}', whose label is that of the whole sequence");
        }
        const string groupRole = "Validation group";
        if (options.ValidationGroupColumnName is { } groupName)
        {
            SchemaShape.Column group = Find(schema, groupName, groupRole, data);
            if (group.Kind != SchemaShape.Column.VectorKind.Scalar)
                throw Unfit(groupRole, group, data, "a scalar");
        }
        if (options.ExampleWeightColumnName is null)
            return;
        SchemaShape.Column weight = Find(schema, options.ExampleWeightColumnName, "Example weight", data);
        bool canBeVector = task.EveryStep;
        if (weight.ItemType != NumberDataViewType.Single || (weight.Kind != SchemaShape.Column.VectorKind.Scalar && !canBeVector))
            throw Unfit("Example weight", weight, data, canBeVector ? "Single, or a vector of Single, one a step" : "Single");
    }

    /// <param name="schema">The columns, among them those that the network reads.</param>
    /// <param name="sizes">The sizes of embedding vectors by column.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column with a size does not hold keys.</exception>
    public static void ThrowIfNotEmbedded(SchemaShape schema, IReadOnlyDictionary<string, int> sizes)
    {
        foreach (SchemaShape.Column column in schema.Where(column => sizes.ContainsKey(column.Name) && !column.IsKey))
        {
            string found = SchemaShapes.Describe(column);
            throw new ArgumentOutOfRangeException(
                paramName: null, found,
                $"{nameof(RecurrentOptions.EmbeddingSizes)} has a size for column '{column.Name}', which is {found}; "
                + "only columns of keys are embedded.");
        }
    }

    private static void CheckAdditional(
        AdditionalOutput output, SchemaShape.Column label, bool everyStep, string data)
    {
        bool isVector = label.Kind != SchemaShape.Column.VectorKind.Scalar;
        RecurrentTask task = output.TaskFor(everyStep, isVector);
        if (task.IsLabel(label))
            return;
        string hint = !everyStep && isVector && output.TaskFor(ofSteps: true, isVector).IsLabel(label)
            ? " (labels of steps need a sequence tagger, which can have additional labels of sequences)"
            : "";
        throw Unfit("Label", label, data, task.LabelExpected + hint);
    }

    private static void CheckFeatures(SchemaShape.Column column)
    {
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar && SequenceColumn.IsSupportedItem(column.ItemType, column.IsKey))
            return;
        string found = SchemaShapes.Describe(column);
        throw new ArgumentOutOfRangeException(paramName: null, found, SequenceColumn.Unsupported(column.Name, found).Message);
    }

    private static void CheckStatic(SchemaShape.Column column)
    {
        if (StaticColumn.IsSupported(column.ItemType, column.IsKey, column.Kind != SchemaShape.Column.VectorKind.Scalar))
            return;
        string found = SchemaShapes.Describe(column);
        throw new ArgumentOutOfRangeException(paramName: null, found, StaticColumn.Unsupported(column.Name, found));
    }

    private static SchemaShape.Column Find(SchemaShape schema, string name, string role, string data)
    {
        foreach (SchemaShape.Column column in schema)
        {
            if (column.Name == name)
                return column;
        }
        throw new ArgumentOutOfRangeException(
            paramName: null, name,
            $"{role} column '{name}' is missing. The {data} has: {string.Join(", ", schema.Select(column => column.Name))}.");
    }

    private static ArgumentOutOfRangeException Unfit(
        string role, SchemaShape.Column column, string data, string expected)
    {
        string found = SchemaShapes.Describe(column), ofData = data == Usual ? "" : $" of the {data}";
        return new(paramName: null, found, $"{role} column '{column.Name}'{ofData} is {found}; expected {expected}.");
    }
}
