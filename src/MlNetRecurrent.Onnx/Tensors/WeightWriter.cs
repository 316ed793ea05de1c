using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Onnx.Tensors;

/// <summary>Writes the weights of a network by name, in row-major order.</summary>
internal sealed class WeightWriter
{
    private readonly Dictionary<string, ParameterTensor> _tensors;
    private readonly Dictionary<string, int> _rowsLeft;

    /// <param name="definition">The architecture of the network.</param>
    /// <param name="available">The number of values in the file. No memory is allocated for a network that needs many more.</param>
    /// <exception cref="InvalidDataException">The network has more weights than the file has values.</exception>
    public WeightWriter(NetworkDefinition definition, long available)
    {
        var network = new Network<ScalarLane, float>(definition);
        _tensors = network.Tensors.ToDictionary(tensor => tensor.Name);
        long wanted = _tensors.Values.Aggregate(0L, (sum, tensor) => checked(sum + tensor.Count));
        // A file can leave out biases, which are a small part of the weights.
        if (wanted > 2 * available)
        {
            throw new InvalidDataException(
                $"The file is damaged: it describes a network of {wanted} weights and holds {available} numbers.");
        }
        _rowsLeft = _tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Rows);
        Parameters = new(network.ParameterCount);
    }

    public Parameters<float> Parameters { get; }

    public (int Rows, int Columns) GetSize(string name) => (_tensors[name].Rows, _tensors[name].Columns);

    /// <summary>Writes all rows of a tensor.</summary>
    /// <exception cref="InvalidDataException">The number of values is not that of the tensor.</exception>
    public void Write(string name, float[] values) => WriteRows(name, 0, _tensors[name].Rows, values);

    /// <summary>Writes the rows of some gates.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="units">The number of rows of a gate.</param>
    /// <param name="values">The rows of the gates, in the order given.</param>
    /// <param name="gates">The indices of the gates.</param>
    /// <exception cref="InvalidDataException">The number of values is not that of the gates.</exception>
    public void WriteGates(string name, int units, float[] values, params int[] gates)
    {
        int perGate = values.Length / gates.Length;
        if (values.Length != perGate * gates.Length)
            throw ReportDamage(name, values.Length);
        for (int i = 0; i < gates.Length; i++)
            WriteRows(name, gates[i] * units, units, values.AsSpan(i * perGate, perGate));
    }

    /// <exception cref="InvalidDataException">The file did not have all weights.</exception>
    public void ThrowIfMissing()
    {
        string[] missing = [.. _rowsLeft.Where(rows => rows.Value != 0).Select(rows => rows.Key).Order()];
        if (missing.Length > 0)
            throw new InvalidDataException($"The file has not all weights of {string.Join(", ", missing)}.");
    }

    private void WriteRows(string name, int first, int count, ReadOnlySpan<float> values)
    {
        ParameterTensor tensor = _tensors[name];
        if (values.Length != (long)count * tensor.Columns || first + count > tensor.Rows)
            throw ReportDamage(name, values.Length);
        for (int i = 0; i < values.Length; i++)
            Parameters.Values.Span[(int)tensor.Position(first + i / tensor.Columns, i % tensor.Columns)] = values[i];
        _rowsLeft[name] -= count;
    }

    private InvalidDataException ReportDamage(string name, int count) => new(
        $"The weights of {name} are of another size: {count} where {_tensors[name].Rows} × {_tensors[name].Columns} are expected.");
}
