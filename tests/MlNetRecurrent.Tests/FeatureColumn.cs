using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>A kind of column that holds sequences.</summary>
/// <param name="SaysFeatures">Whether its type says how many features a step has.</param>
/// <param name="Load">Makes a view of so many rows, of so many features a step where the type does not say it.</param>
internal sealed record FeatureColumn(bool SaysFeatures, Func<MLContext, int, int, IDataView> Load)
{
    private const int KeyCount = 3;

    public static IReadOnlyDictionary<string, FeatureColumn> Kinds { get; } = new Dictionary<string, FeatureColumn>
    {
        ["Vector<Single, *, 2>"] = Numbers(0, 2),
        ["Vector<Single, 3, 2>"] = Numbers(3, 2),
        ["Vector<Single>"] = Numbers(0),
        ["Vector<Single, 4>"] = Numbers(4),
        ["sparse Vector<Single, *, 2>"] = SparseNumbers(0, 2),
        ["sparse Vector<Single, 4>"] = SparseNumbers(4),
        ["Vector<Key<Byte>>"] = Keys<byte>(),
        ["Vector<Key<UInt16>>"] = Keys<ushort>(),
        ["Vector<Key<UInt32>>"] = Keys<uint>(),
        ["Vector<Key<UInt64>>"] = Keys<ulong>(),
        ["Vector<Key<UInt32>, 3>"] = Keys<uint>(3),
        ["sparse Vector<Key<UInt32>>"] = Of(
            new(new KeyDataViewType(typeof(uint), KeyCount)), [0, 1], numbers => Sparse(Array.ConvertAll(numbers, KeyOf<uint>))),
    };

    private static FeatureColumn Numbers(params int[] dimensions) =>
        Of(new(NumberDataViewType.Single, dimensions), dimensions, numbers => numbers);

    /// <summary>Of the numbers, only those above a half are left.</summary>
    private static FeatureColumn SparseNumbers(params int[] dimensions) => Of(
        new(NumberDataViewType.Single, dimensions), dimensions,
        numbers => Sparse(Array.ConvertAll(numbers, number => number > 0.5f ? number : 0)));

    private static VBuffer<T> Sparse<T>(T[] values)
        where T : INumber<T>
    {
        int[] kept = [.. Enumerable.Range(0, values.Length).Where(i => !T.IsZero(values[i]))];
        return new(values.Length, kept.Length, [.. kept.Select(i => values[i])], kept);
    }

    /// <summary>A quarter of them is missing.</summary>
    private static FeatureColumn Keys<T>(int steps = 0)
        where T : unmanaged, INumber<T> =>
        Of(new(new KeyDataViewType(typeof(T), KeyCount), steps), [steps, 1], numbers => Array.ConvertAll(numbers, KeyOf<T>));

    private static T KeyOf<T>(float number)
        where T : INumber<T> => T.CreateChecked((int)(number * (KeyCount + 1)));

    private static FeatureColumn Of<T>(VectorDataViewType type, int[] dimensions, Func<float[], T> convert) =>
        new(dimensions.Length > 1, (ml, count, features) =>
        {
            int ofAStep = dimensions.Length > 1 ? dimensions[1] : features;
            int steps = dimensions.Length > 1 ? dimensions[0] : dimensions[0] / features;
            SchemaDefinition schema = SchemaDefinition.Create(typeof(ContractRow<T>));
            schema[nameof(ContractRow<T>.Features)].ColumnType = type;
            return ml.Data.LoadFromEnumerable(ContractRow<T>.Generate(count, steps, ofAStep, convert), schema);
        });
}
