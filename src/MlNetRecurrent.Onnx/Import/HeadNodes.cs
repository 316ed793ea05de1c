using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>Operators of the linear layer and of its activation.</summary>
internal static class HeadNodes
{
    private const string Readable =
        "the linear layer reads the last states, the steps, their mean or largest, or the last, the mean and the largest side by side in "
        + "this order, of all directions of one layer, with the features last";

    public static DataValue Multiply(GraphNode node, OnnxReader file)
    {
        DataValue x = node.ReadData(0);
        node.ThrowIfNotSingle(x);
        bool isRead = x.Kind is DataKind.Steps or DataKind.Last or DataKind.Mean or DataKind.Max or DataKind.LastMeanMax;
        if (!isRead || x.Axes.Count == 0 || !x.Axes[^1].IsFeatures || !x.Parts.SequenceEqual(x.Parts[0].Layer.Parts))
            throw node.Refuse($"reads {x.Kind}; {Readable}");
        GraphLayer top = x.Parts[0].Layer;
        bool everyStep = x.Has(top.Time);
        if (everyStep != (x.Kind == DataKind.Steps) || x.Axes.SkipLast(1).Any(axis => axis.Has(AxisKind.Directions)))
            throw node.Refuse("reads steps without their axis, or directions apart");
        bool isGemm = node.Operation == "Gemm";
        if (isGemm && x.Axes.Count != 2)
            throw node.ReportDamage($"reads a value with {x.Axes.Count} axes; expected 2");
        if (node.ReadNumber("alpha", 1) != 1 || (node.Has(2) && node.ReadNumber("beta", 1) != 1) || node.ReadInteger("transA", 0) != 0)
            throw node.Refuse("scales or transposes what it reads (alpha, beta, transA)");
        LinearHead head = ReadLinear(node, file, top, FindPooling(x.Kind), everyStep);
        Axis outputs = new(AxisKind.Outputs, new(head.Outputs));
        var product = new DataValue(DataKind.Product, x.Type, [.. x.Axes.SkipLast(1), outputs]) { Head = head };
        return isGemm && node.Has(2) ? AddBias(node, file, product, 2) : product;
    }

    /// <summary>Accepts an Add of a bias.</summary>
    public static DataValue AddBias(GraphNode node, OnnxReader file)
    {
        int constant = node.IsConstant(0) ? 0 : 1;
        DataValue x = node.ReadData(1 - constant);
        node.ThrowIfNotSingle(x);
        if (x.Kind != DataKind.Product || !node.IsConstant(constant))
            throw node.Refuse($"adds to {x.Kind}; constants are added to the product of a linear layer, once");
        return AddBias(node, file, x, constant);
    }

    public static DataValue Activate(GraphNode node)
    {
        DataValue x = node.ReadData(0);
        node.ThrowIfNotSingle(x);
        if (x.Kind is not (DataKind.Product or DataKind.Outputs))
            throw node.Refuse($"reads {x.Kind}; it is read on top of the linear layer, once");
        if (node.Operation == "Sigmoid")
            return x with { Kind = DataKind.Probability };
        // Before opset 13, a Softmax is over the axis and all later ones, and the default is the second axis.
        int place = node.FindPlace(node.ReadInteger("axis", node.Opset < 13 ? 1 : -1), x.Axes.Count);
        if (place != x.Axes.Count - 1 || !x.Axes[place].Means([AxisKind.Outputs]))
            throw node.Refuse($"is over axis {place}, or that and others; expected the last one, of the outputs alone");
        if (node.Operation == "LogSoftmax" && x.Head!.Outputs == 1)
            throw node.Refuse("is of a single output, which makes it 0 always");
        return x with { Kind = DataKind.Probabilities };
    }

    /// <summary>Accepts an ArgMax.</summary>
    public static DataValue SelectLabel(GraphNode node) => node.ReadData(0) with { Kind = DataKind.Label, Axes = [] };

    /// <summary>Accepts a ZipMap of probabilities.</summary>
    public static DataValue NameClasses(GraphNode node)
    {
        DataValue x = node.ReadData(0);
        return x.Kind is DataKind.Probabilities or DataKind.Probability
            ? x
            : throw node.Refuse($"names {x.Kind}; expected probabilities");
    }

    private static LinearHead ReadLinear(GraphNode node, OnnxReader file, GraphLayer top, Pooling pooling, bool everyStep)
    {
        bool isTransposed = node.ReadInteger("transB", 0) != 0;
        int[] dimensions = node.Has(1) ? file.ReadDimensions(node.Inputs[1]) : [];
        int inputs = top.Node.Units * top.Node.Directions * pooling.Parts().Length;
        if (dimensions.Length != 2 || dimensions[isTransposed ? 1 : 0] != inputs || dimensions[isTransposed ? 0 : 1] == 0)
            throw node.ReportDamage($"has weights [{string.Join(", ", dimensions)}] for {inputs} units");
        return new(top, pooling, everyStep, node.Inputs[1], isTransposed, dimensions[isTransposed ? 0 : 1]);
    }

    private static Pooling FindPooling(DataKind kind) => kind switch
    {
        DataKind.Mean => Pooling.Mean,
        DataKind.Max => Pooling.Max,
        DataKind.LastMeanMax => Pooling.LastMeanMax,
        _ => Pooling.Last,
    };

    private static DataValue AddBias(GraphNode node, OnnxReader file, DataValue product, int input)
    {
        string name = node.Inputs[input];
        int[] dimensions = file.ReadDimensions(name);
        int outputs = product.Head!.Outputs;
        bool hasOutputsLast = product.Axes.Count > 0 && product.Axes[^1].Means([AxisKind.Outputs]);
        bool fits = hasOutputsLast && dimensions.Length <= product.Axes.Count && dimensions is [.., var last] && last == outputs
            && dimensions.SkipLast(1).All(dimension => dimension == 1);
        if (!fits)
        {
            throw node.ReportDamage(
                $"has a bias [{string.Join(", ", dimensions)}] for {outputs} outputs on the last of {product.Axes.Count} axes");
        }
        return product with { Kind = DataKind.Outputs, Head = product.Head with { Bias = name } };
    }
}
