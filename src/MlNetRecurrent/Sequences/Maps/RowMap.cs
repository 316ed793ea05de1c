using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>What a transform makes of each row by itself: one column, of others. It is all that a model file keeps of the transform.</summary>
[JsonDerivedType(typeof(ZippedSteps), "ZipSteps")]
[JsonDerivedType(typeof(NormalizedSequence), "NormalizeSequence")]
[JsonDerivedType(typeof(PaddedSequence), "PadOrTruncate")]
[JsonDerivedType(typeof(SequenceDifferences), "Differences")]
[JsonDerivedType(typeof(LaggedFeatures), "LagFeatures")]
[JsonDerivedType(typeof(CharacterTokens), "TokenizeIntoCharacters")]
[JsonDerivedType(typeof(VariableSequence), "VariableSequence")]
[JsonDerivedType(typeof(ModelOutput), "ModelOutput")]
internal abstract record RowMap
{
    /// <summary>The name in files, which is that of the method that users call, where there is one.</summary>
    [JsonIgnore]
    public string TransformName => (string)typeof(RowMap).GetCustomAttributes<JsonDerivedTypeAttribute>().First(kind => kind.DerivedType == GetType()).TypeDiscriminator!;

    public required string OutputColumnName { get; init; }

    /// <summary>The columns that it reads.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> InputColumnNames { get; }

    /// <summary>The column that it will make, as far as that is known before there is data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another kind.</exception>
    public abstract SchemaShape.Column Promise(SchemaShape input);

    /// <summary>Learns from data what it has to know.</summary>
    /// <param name="data">The data.</param>
    /// <param name="checkCancelled">Called now and then; it may throw to end the work.</param>
    public virtual RowMap Learn(IDataView data, Action checkCancelled) => this;

    /// <summary>What the log should say of what was learned; null for nothing.</summary>
    /// <param name="input">The schema of the data.</param>
    public virtual string? Remark(DataViewSchema input) => null;

    /// <summary>The column that it makes of the columns of a schema.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is of another kind.</exception>
    public abstract AddedColumn Bind(DataViewSchema input);

    /// <summary>Throws where it, which may come from a damaged file, cannot be. The ranges are those of the catalog.</summary>
    /// <exception cref="InvalidDataException">It contradicts itself.</exception>
    public void Validate()
    {
        TransformFile.CheckName(OutputColumnName, "output column");
        TransformFile.CheckNames([.. InputColumnNames], "input columns");
        ValidateMap();
    }

    /// <summary>Throws where what is particular to the map cannot be.</summary>
    /// <exception cref="InvalidDataException">It contradicts itself.</exception>
    protected abstract void ValidateMap();

    protected static InvalidDataException Damaged(string what) => TransformFile.Damaged(what);
}

/// <summary>A column that is added to a view.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Annotations">What is said of it.</param>
/// <param name="MakeGetter">Makes its getter, a <see cref="ValueGetter{TValue}"/> of its type, from a row that has its inputs.</param>
internal sealed record AddedColumn(DataViewType Type, DataViewSchema.Annotations Annotations, Func<DataViewRow, Delegate> MakeGetter);
