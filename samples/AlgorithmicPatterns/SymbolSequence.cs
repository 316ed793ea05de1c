using Microsoft.ML;
using Microsoft.ML.Data;

namespace AlgorithmicPatterns;

/// <summary>A word as the network reads it: each symbol a vector of zeros and a one, and as the label of each step the key of the symbol that follows.</summary>
public sealed class SymbolSequence
{
    public float[] Features { get; set; } = [];

    public uint[] Label { get; set; } = [];

    /// <summary>The words of a pattern that count to the numbers.</summary>
    public static IDataView View(MLContext ml, Pattern pattern, IEnumerable<int> numbers)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(SymbolSequence));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 0, pattern.Symbols);
        schema[nameof(Label)].ColumnType = new VectorDataViewType(new KeyDataViewType(typeof(uint), pattern.Symbols));
        return ml.Data.LoadFromEnumerable(numbers.Select(n => Of(pattern, n)).ToArray(), schema);
    }

    private static SymbolSequence Of(Pattern pattern, int n) => new()
    {
        Features = [.. pattern.Word(n).SelectMany(symbol => Enumerable.Range(0, pattern.Symbols).Select(i => i == symbol - 'a' ? 1f : 0f))],
        Label = [.. pattern.Next(n).Select(symbol => (uint)(symbol - 'a' + 1))],
    };
}
