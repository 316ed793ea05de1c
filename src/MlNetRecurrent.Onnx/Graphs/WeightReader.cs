using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>Reads weights by name, in rows.</summary>
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

    /// <summary>All rows of a tensor.</summary>
    public float[] Of(string name)
    {
        ParameterTensor tensor = _tensors[name];
        return Rows(tensor, 0, tensor.Rows);
    }

    /// <summary>The rows of some gates, in the order that is wanted.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="units">Rows of a gate.</param>
    /// <param name="gates">The gates.</param>
    public float[] Gates(string name, int units, params int[] gates) => [.. gates.SelectMany(gate => Rows(_tensors[name], gate * units, units))];

    private float[] Rows(ParameterTensor tensor, int first, int count) =>
        [.. Enumerable.Range(0, checked(count * tensor.Columns)).Select(i => _parameters.Values.Span[(int)tensor.Position(first + i / tensor.Columns, i % tensor.Columns)])];
}
