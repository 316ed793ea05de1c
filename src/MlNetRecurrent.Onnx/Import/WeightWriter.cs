using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>Writes weights by name, in rows: what <see cref="Graphs.WeightReader"/> reads.</summary>
internal sealed class WeightWriter
{
    private readonly Dictionary<string, ParameterTensor> _tensors;
    private readonly Dictionary<string, int> _rowsLeft;

    /// <param name="definition">The network.</param>
    /// <param name="available">The numbers that there are: nothing is allocated for more.</param>
    /// <exception cref="InvalidDataException">The network has more weights than there are numbers.</exception>
    public WeightWriter(NetworkDefinition definition, long available)
    {
        var network = new Network<ScalarLane, float>(definition);
        _tensors = network.Tensors.ToDictionary(tensor => tensor.Name);
        long wanted = _tensors.Values.Aggregate(0L, (sum, tensor) => checked(sum + tensor.Count));
        // Biases may be missing, which are few.
        if (wanted > 2 * available)
            throw new InvalidDataException($"The file is damaged: it describes a network of {wanted} weights and holds {available} numbers.");
        _rowsLeft = _tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Rows);
        Parameters = new(network.ParameterCount);
    }

    public Parameters<float> Parameters { get; }

    public (int Rows, int Columns) SizeOf(string name) => (_tensors[name].Rows, _tensors[name].Columns);

    /// <summary>All rows of a tensor.</summary>
    /// <exception cref="InvalidDataException">There are more or fewer numbers.</exception>
    public void Set(string name, float[] values) => SetRows(name, 0, _tensors[name].Rows, values);

    /// <summary>The rows of some gates.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="units">Rows of a gate.</param>
    /// <param name="values">The rows of one gate after the other.</param>
    /// <param name="gates">Which gates they are.</param>
    /// <exception cref="InvalidDataException">There are more or fewer numbers.</exception>
    public void SetGates(string name, int units, float[] values, params int[] gates)
    {
        int ofGate = values.Length / gates.Length;
        if (values.Length != ofGate * gates.Length)
            throw Damaged(name, values.Length);
        for (int i = 0; i < gates.Length; i++)
            SetRows(name, gates[i] * units, units, values.AsSpan(i * ofGate, ofGate));
    }

    /// <summary>A matrix [rows, columns] as [columns, rows].</summary>
    public static float[] Transpose(float[] values, int columns)
    {
        int rows = values.Length / columns;
        var transposed = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
            transposed[i % columns * rows + i / columns] = values[i];
        return transposed;
    }

    /// <exception cref="InvalidDataException">Some weights were not in the file.</exception>
    public void ThrowIfMissing()
    {
        string[] missing = [.. _rowsLeft.Where(rows => rows.Value != 0).Select(rows => rows.Key).Order()];
        if (missing.Length > 0)
            throw new InvalidDataException($"The file has not all weights of {string.Join(", ", missing)}.");
    }

    private void SetRows(string name, int first, int count, ReadOnlySpan<float> values)
    {
        ParameterTensor tensor = _tensors[name];
        if (values.Length != (long)count * tensor.Columns || first + count > tensor.Rows)
            throw Damaged(name, values.Length);
        for (int i = 0; i < values.Length; i++)
            Parameters.Values.Span[(int)tensor.Position(first + i / tensor.Columns, i % tensor.Columns)] = values[i];
        _rowsLeft[name] -= count;
    }

    private InvalidDataException Damaged(string name, int count) =>
        new($"The weights of {name} are of another size: {count} where {_tensors[name].Rows} × {_tensors[name].Columns} are expected.");
}
