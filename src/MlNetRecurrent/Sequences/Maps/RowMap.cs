using System.Reflection;
using System.Text.Json.Serialization;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>
/// Makes one column of others, of each row by itself. A new map is a record with its settings, <see cref="DescribeColumn"/>,
/// <see cref="AddColumn"/>, <see cref="ValidateMap"/> and, if it learns, <see cref="TransformSettings.Learn"/>; and a line below with its
/// name in files.
/// </summary>
[JsonDerivedType(typeof(ZippedSteps), "ZipSteps")]
[JsonDerivedType(typeof(NormalizedSequence), "NormalizeSequence")]
[JsonDerivedType(typeof(PaddedSequence), "PadOrTruncate")]
[JsonDerivedType(typeof(SequenceDifferences), "Differences")]
[JsonDerivedType(typeof(LaggedFeatures), "LagFeatures")]
[JsonDerivedType(typeof(CharacterTokens), "TokenizeIntoCharacters")]
[JsonDerivedType(typeof(WordCharacters), "TokenizeWordsIntoCharacters")]
[JsonDerivedType(typeof(CalendarFeatures), "FeaturizeCalendar")]
[JsonDerivedType(typeof(NormalizedByGroup), "NormalizeByGroup")]
[JsonDerivedType(typeof(DenormalizedByGroup), "DenormalizeByGroup")]
[JsonDerivedType(typeof(VariableSequence), "VariableSequence")]
[JsonDerivedType(typeof(StaticValue), "StaticValue")]
[JsonDerivedType(typeof(CheckedRow), "CheckedRow")]
[JsonDerivedType(typeof(ModelOutput), "ModelOutput")]
internal abstract record RowMap : TransformSettings
{
    /// <summary>The name in files, which is that of the method that users call, where there is one.</summary>
    [JsonIgnore]
    public string TransformName => (string)typeof(RowMap).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .First(kind => kind.DerivedType == GetType()).TypeDiscriminator!;

    public required string OutputColumnName { get; init; }

    /// <summary>The columns that it reads.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> InputColumnNames { get; }

    public sealed override IHostEnvironment Register(IHostEnvironment environment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(OutputColumnName, "outputColumnName");
        foreach (string name in InputColumnNames)
            ArgumentException.ThrowIfNullOrWhiteSpace(name, "inputColumnName");
        return environment.Register(nameof(RowMapEstimator));
    }

    public sealed override SchemaShape DescribeOutput(SchemaShape inputSchema) =>
        SchemaShapeRules.With(inputSchema, DescribeColumn(inputSchema));

    public sealed override void Report(IHostEnvironment environment, DataViewSchema input)
    {
        Warn(new WarningLog(environment, "Fitting", WarningPolicy.Log));
        if (Remark(input) is not { } remark)
            return;
        using IChannel channel = environment.Start("Fitting");
        channel.Info(MessageSensitivity.Schema, "{0}", remark);
    }

    public sealed override RowMapSchema Bind(DataViewSchema input) => new(this, input);

    public sealed override ITransformer MakeTransformer(IHostEnvironment environment, IDataView fittedOn) => new RowMapTransformer(this);

    /// <remarks>The ranges are those of the catalog.</remarks>
    public sealed override void Validate()
    {
        TransformFile.CheckName(OutputColumnName, "output column");
        TransformFile.CheckNames([.. InputColumnNames], "input columns");
        ValidateMap();
    }

    /// <summary>The column that it will make, as far as it is known before there is data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another kind.</exception>
    public abstract SchemaShape.Column DescribeColumn(SchemaShape input);

    /// <summary>The column that it makes of the columns of a schema.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is of another kind.</exception>
    public abstract AddedColumn AddColumn(DataViewSchema input);

    /// <summary>A remark about what was learned, for the log; null for none.</summary>
    /// <param name="input">The schema of the data.</param>
    protected virtual string? Remark(DataViewSchema input) => null;

    /// <summary>Warns about what was learned.</summary>
    protected virtual void Warn(WarningLog warnings)
    {
    }

    /// <summary>Throws where what is particular to the map cannot be.</summary>
    /// <exception cref="InvalidDataException">It contradicts itself.</exception>
    protected abstract void ValidateMap();

    protected static InvalidDataException Damaged(string what) => TransformFile.Damaged(what);
}

/// <summary>A column that is added to a view.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Annotations">Its annotations.</param>
/// <param name="MakeGetter">Makes its getter, a <see cref="ValueGetter{TValue}"/> of its type, from a row that has its inputs.</param>
internal sealed record AddedColumn(DataViewType Type, DataViewSchema.Annotations Annotations, Func<DataViewRow, Delegate> MakeGetter);
