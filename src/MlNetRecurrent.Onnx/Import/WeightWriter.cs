using MlNetRecurrent.Engine;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Layers;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>Writes weights by name, in rows: what <see cref="Graphs.WeightReader"/> reads.</summary>
internal sealed class WeightWriter
{
    private readonly Dictionary<string, ParameterTensor> _tensors;
    private readonly HashSet<string> _missing;

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
        _missing = [.. _tensors.Keys];
        Parameters = new(network.ParameterCount);
    }

    public Parameters<float> Parameters { get; }

    /// <summary>All rows of a tensor.</summary>
    public void Set(string name, float[] values) => SetRows(name, 0, values);

    /// <summary>The rows of some gates.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="units">Rows of a gate.</param>
    /// <param name="values">The rows of one gate after the other.</param>
    /// <param name="gates">Which gates they are.</param>
    public void SetGates(string name, int units, float[] values, params int[] gates)
    {
        int ofGate = values.Length / gates.Length;
        for (int i = 0; i < gates.Length; i++)
            SetRows(name, gates[i] * units, values.AsSpan(i * ofGate, ofGate).ToArray());
    }

    /// <exception cref="InvalidDataException">Some weights were not in the file.</exception>
    public void ThrowIfMissing()
    {
        if (_missing.Count > 0)
            throw new InvalidDataException($"The file has no weights for {string.Join(", ", _missing.Order())}.");
    }

    private void SetRows(string name, int first, float[] values)
    {
        ParameterTensor tensor = _tensors[name];
        if (values.Length % tensor.Columns != 0 || first + values.Length / tensor.Columns > tensor.Rows)
            throw new InvalidDataException($"The weights of {name} are of another size: {values.Length} where {tensor.Rows} × {tensor.Columns} are expected.");
        for (int i = 0; i < values.Length; i++)
            Parameters.Values.Span[(int)tensor.Position(first + i / tensor.Columns, i % tensor.Columns)] = values[i];
        _missing.Remove(name);
    }
}
