namespace MlNetRecurrent.Onnx.Tensors;

/// <summary>Linear maps whose weights have names.</summary>
internal static class LinearNodes
{
    /// <summary>Adds the product of a value [.., columns] with weights [rows, columns], which the file holds as [columns, rows].</summary>
    public static string Multiply(GraphBuilder graph, WeightReader weights, string x, string name)
    {
        (int rows, int columns) = weights.GetSize(name);
        return graph.Add("MatMul", [x, graph.AddNamedWeights(name, WeightMatrix.Transpose(weights.Read(name), columns), columns, rows)]);
    }

    /// <summary>Adds a bias to a value [.., units], if the network has one of this name.</summary>
    public static string AddBias(GraphBuilder graph, WeightReader weights, string x, string name)
    {
        if (!weights.Has(name))
            return x;
        float[] bias = weights.Read(name);
        return graph.Add("Add", [x, graph.AddNamedWeights(name, bias, bias.Length)]);
    }
}
