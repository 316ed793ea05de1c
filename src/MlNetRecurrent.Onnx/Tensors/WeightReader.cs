using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Onnx.Tensors;

/// <summary>Reads the weights of a network by name, in row-major order.</summary>
internal sealed class WeightReader
{
    private readonly Parameters<float> _parameters;
    private readonly Dictionary<string, ParameterTensor> _tensors;

    public WeightReader(TrainedNetwork network)
    {
        _parameters = network.Parameters;
        _tensors = network.Definition.Tensors.ToDictionary(tensor => tensor.Name);
    }

    public bool Has(string name) => _tensors.ContainsKey(name);

    public (int Rows, int Columns) GetSize(string name) => (_tensors[name].Rows, _tensors[name].Columns);

    /// <summary>Reads all rows of a tensor.</summary>
    public float[] Read(string name)
    {
        ParameterTensor tensor = _tensors[name];
        return ReadRows(tensor, 0, tensor.Rows);
    }

    /// <summary>Reads the rows of some gates, in the order given.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="units">The number of rows of a gate.</param>
    /// <param name="gates">The indices of the gates.</param>
    public float[] ReadGates(string name, int units, params int[] gates) =>
        [.. gates.SelectMany(gate => ReadRows(_tensors[name], gate * units, units))];

    private float[] ReadRows(ParameterTensor tensor, int first, int count)
    {
        ReadOnlySpan<float> parameters = _parameters.Values.Span;
        var values = new float[checked(count * tensor.Columns)];
        for (int i = 0; i < values.Length; i++)
            values[i] = parameters[(int)tensor.Position(first + i / tensor.Columns, i % tensor.Columns)];
        return values;
    }
}
