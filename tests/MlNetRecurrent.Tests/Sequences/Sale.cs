using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>A row of a table whose groups, orders and vectors may be wrong.</summary>
internal sealed class Sale
{
    public string Store { get; set; } = "A";

    public float Number { get; set; }

    public int Time { get; set; }

    public float Sales { get; set; }

    /// <summary>A row that cannot be read where it is text of no number.</summary>
    public string Price { get; set; } = "0";

    [VectorType(2)]
    public float[] Pair { get; set; } = [0, 0];

    [VectorType(3)]
    public VBuffer<float> Sparse { get; set; } = new(3, 0, [], []);
}

/// <summary>What transforms make of sales, under names that a sale does not have.</summary>
internal sealed class Sold
{
    public float[] First { get; set; } = [];

    public float[] Second { get; set; } = [];

    public float[] Third { get; set; } = [];
}

/// <summary>A column that is computed from the text of a sale, and fails where it is no number.</summary>
internal sealed class Parsed
{
    public const string Error = "The price is no number.";

    [ColumnName("Parsed")]
    public float Value { get; set; }

    /// <summary>Adds the column.</summary>
    public static IEstimator<ITransformer> Of(MLContext ml) => ml.Transforms.CustomMapping<Sale, Parsed>(
        (sale, parsed) => parsed.Value = float.TryParse(sale.Price, out float value) ? value : throw new FormatException(Error),
        contractName: null);
}
