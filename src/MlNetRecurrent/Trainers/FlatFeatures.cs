using MlNetRecurrent.Scoring;
using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent.Trainers;

/// <summary>Finds plain vectors that are read as steps of one feature although they are something else.</summary>
internal static class FlatFeatures
{
    /// <summary>Explains what a column is instead, and what to do; null where it may well be a sequence.</summary>
    /// <param name="view">A view that has the column.</param>
    /// <param name="column">The column.</param>
    /// <param name="numberOfFeatures">The features of a step by the option, or 0.</param>
    public static string? Explain(IDataView view, DataViewSchema.Column column, int numberOfFeatures)
    {
        if (column.Type is not VectorDataViewType vector || vector.ItemType != NumberDataViewType.Single)
            return null;
        bool isFlat = vector.Dimensions.Length < 2 && vector.Size != 1 && numberOfFeatures == 0;
        if (isFlat && FlatNames.Explain(column) is { } names)
            return Start(column) + names;
        if (ColumnOrigin.Of(view, column) is not { } origin)
            return null;
        if (origin.Maker is RowMapView { Map: ZippedSteps or SequenceMap } steps)
        {
            int said = (steps.Map as SequenceMap)?.NumberOfFeatures ?? 0;
            IEnumerable<DataViewSchema.Column> read = steps.Map.InputColumnNames.Select(name => origin.Source.Schema[name]);
            return read.Select(input => Explain(origin.Source, input, said)).FirstOrDefault(found => found is not null);
        }
        if (isFlat && origin.Maker is ScoringView)
            return $"{Start(column)}it is what another model makes of a whole sequence. {FlatNames.OneVector}";
        if (isFlat && ExplainSources(vector, origin.Columns) is { } sources)
            return Start(column) + sources;
        // Components, topics or selected slots of a vector that is no sequence are no sequence either.
        return origin.Columns is [var only] && (isFlat || HasSizeOf(only, vector)) ? Explain(origin.Source, only, numberOfFeatures) : null;
    }

    private static string Start(DataViewSchema.Column column) =>
        $"Column '{column.Name}' is {column.Type}, which is read as steps of one feature, but ";

    private static string? ExplainSources(VectorDataViewType vector, DataViewSchema.Column[] sources)
    {
        if (sources is [var keys] && HoldsKeysOrWords(keys) && vector.IsKnownSize && !HasSizeOf(keys, vector))
            return $"it is made of keys or words, all in one vector. {FlatNames.OneVector}";
        if (!sources.All(IsNumbers) || (vector.IsKnownSize && sources.Sum(SizeOf) != vector.Size))
            return null;
        DataViewSchema.Column[] vectors = [.. sources.Where(source => source.Type is VectorDataViewType)];
        if (sources.Length > 1 && vectors.Length > 0)
        {
            string names = string.Join(", ", sources.Select(source => $"'{source.Name}'"));
            return $"Concatenate has put the columns {names} end to end. {FlatNames.EndToEnd}";
        }
        if (vectors is not [{ Type: VectorDataViewType { Dimensions.Length: > 1 } type } whole])
            return null;
        int features = type.Dimensions.Skip(1).Aggregate(1, (product, dimension) => product * dimension);
        return features > 1
            ? $"it has lost the dimensions of column '{whole.Name}', {whole.Type}. Set NumberOfFeatures to {features}."
            : null;
    }

    private static bool HoldsKeysOrWords(DataViewSchema.Column column) =>
        column.Type is KeyDataViewType or VectorDataViewType { ItemType: KeyDataViewType or TextDataViewType };

    private static bool IsNumbers(DataViewSchema.Column column) =>
        (column.Type is VectorDataViewType vector ? vector.ItemType : column.Type) == NumberDataViewType.Single;

    private static bool HasSizeOf(DataViewSchema.Column column, VectorDataViewType vector) =>
        column.Type is VectorDataViewType other && other.Size == vector.Size;

    private static int SizeOf(DataViewSchema.Column column) => (column.Type as VectorDataViewType)?.Size ?? 1;
}
