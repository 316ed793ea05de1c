namespace MlNetRecurrent.Onnx.Heads;

/// <summary>The scores of a CRF in a graph.</summary>
/// <param name="Transitions">[tags, tags].</param>
/// <param name="Start">[1, tags].</param>
/// <param name="End">[1, tags].</param>
internal sealed record CrfScores(string Transitions, string Start, string End);

/// <summary>The algorithms of a CRF as Scans. The values of a step are [batch, tags].</summary>
/// <param name="graph">The graph.</param>
/// <param name="tags">The number of tags.</param>
/// <param name="scores">The parameters.</param>
/// <param name="x">The outputs of the network [time, batch, tags].</param>
/// <param name="isLast">Whether a step is the last of its sequence, Boolean [time, batch, 1].</param>
internal sealed class CrfScans(GraphBuilder graph, int tags, CrfScores scores, string x, string isLast)
{
    private const string Before = "crf.before", After = "crf.after", X = "crf.x", IsLast = "crf.last";

    /// <summary>Adds α + β [time, batch, tags], up to a number for each step of each sequence.</summary>
    public string AddSums()
    {
        string alpha = AddForward(
            "crf.alpha", (body, summands) => AddLogSum(body, summands, axis: 1), hasSources: false)[0];
        var body = new GraphBuilder("crf.beta", graph);
        string after = body.AddInput(After, OnnxType.Single, "batch", tags);
        string input = body.AddInput(X, OnnxType.Single, "batch", tags), last = body.AddInput(IsLast, OnnxType.Boolean, "batch", 1);
        string beta = AddShifted(body, body.Add("Where", [last, scores.End, after]));
        string following = body.Unsqueeze(body.Add("Add", [input, beta]), 1);
        string sum = AddLogSum(body, body.Add("Add", [following, scores.Transitions]), axis: 2);
        body.AddOutput("crf.after_next", sum, OnnxType.Single, "batch", tags);
        body.AddOutput("crf.y", beta, OnnxType.Single, "batch", tags);
        string[] betas = AddScan(body, [Expand(scores.End)], [x, isLast], outputs: 1, isReversed: true);
        return graph.Add("Add", [alpha, betas[0]]);
    }

    /// <summary>Adds the tags of the best path, Int64 [time, batch, 1].</summary>
    public string AddBestPath()
    {
        string[] best = AddForward("crf.viterbi", (body, summands) => AddLargest(body, summands, 1, keepsAxis: 0), hasSources: true);
        var body = new GraphBuilder("crf.path", graph);
        string after = body.AddInput(After, OnnxType.Int64, "batch", 1);
        string delta = body.AddInput(X, OnnxType.Single, "batch", tags);
        string sources = body.AddInput("crf.sources", OnnxType.Int64, "batch", tags);
        string last = body.AddInput(IsLast, OnnxType.Boolean, "batch", 1);
        string final = AddIndexOfLargest(body, body.Add("Add", [delta, scores.End]), keepsAxis: 1);
        string source = body.Add("GatherElements", [sources, after], GraphBuilder.CreateInteger("axis", 1));
        string tag = body.Add("Where", [last, final, source]);
        body.AddOutput("crf.after_next", tag, OnnxType.Int64, "batch", 1);
        body.AddOutput("crf.y", tag, OnnxType.Int64, "batch", 1);
        string batch = Shapes.AddDimension(graph, x, 1);
        string zeros = graph.Add("Expand", [graph.AddIntegers(0), Shapes.Add(graph, batch, graph.AddIntegers(1))]);
        return AddScan(body, [zeros], [best[0], best[1], isLast], outputs: 1, isReversed: true)[0];
    }

    /// <summary>
    /// Adds the recursion y[t] = b[t] + x[t], b[t + 1, j] = reduce over i of y[t, i] + A[i, j], b[0] = start, and where it is wanted, the
    /// index i of the largest summand. Only differences within a step count: the largest y is made 0, which keeps the numbers small.
    /// </summary>
    private string[] AddForward(string name, Func<GraphBuilder, string, string> reduce, bool hasSources)
    {
        var body = new GraphBuilder(name, graph);
        string before = body.AddInput(Before, OnnxType.Single, "batch", tags), input = body.AddInput(X, OnnxType.Single, "batch", tags);
        string y = AddShifted(body, body.Add("Add", [before, input]));
        string summands = body.Add("Add", [body.Unsqueeze(y, 2), scores.Transitions]);
        body.AddOutput("crf.before_next", reduce(body, summands), OnnxType.Single, "batch", tags);
        body.AddOutput("crf.y", y, OnnxType.Single, "batch", tags);
        if (hasSources)
            body.AddOutput("crf.source", AddIndexOfLargest(body, summands, keepsAxis: 0), OnnxType.Int64, "batch", tags);
        return AddScan(body, [Expand(scores.Start)], [x], hasSources ? 2 : 1, isReversed: false);
    }

    private string Expand(string row)
    {
        string batch = Shapes.AddDimension(graph, x, 1);
        return graph.Add("Expand", [row, Shapes.Add(graph, batch, graph.AddIntegers(tags))]);
    }

    /// <summary>Adds a Scan, and returns the values of all steps that it gives, in the order of time.</summary>
    private string[] AddScan(GraphBuilder body, string[] states, string[] steps, int outputs, bool isReversed)
    {
        long direction = isReversed ? 1 : 0;
        string[] values = graph.AddMany(
            "Scan",
            [.. states, .. steps],
            states.Length + outputs,
            GraphBuilder.CreateInteger("num_scan_inputs", steps.Length),
            GraphBuilder.CreateIntegers("scan_input_directions", [.. steps.Select(_ => direction)]),
            GraphBuilder.CreateIntegers("scan_output_directions", [.. Enumerable.Repeat(direction, outputs)]),
            GraphBuilder.CreateBody("body", body.Graph));
        return values[states.Length..];
    }

    private static string AddShifted(GraphBuilder body, string value) =>
        body.Add("Sub", [value, AddLargest(body, value, axis: 1, keepsAxis: 1)]);

    private static string AddLogSum(GraphBuilder body, string summands, int axis)
    {
        string largest = AddLargest(body, summands, axis, keepsAxis: 1);
        string powers = body.Add("Exp", [body.Add("Sub", [summands, largest])]);
        string sum = body.Add("ReduceSum", [powers, body.AddIntegers(axis)], GraphBuilder.CreateInteger("keepdims", 0));
        return body.Add("Add", [body.Add("Log", [sum]), body.Add("Squeeze", [largest, body.AddIntegers(axis)])]);
    }

    private static string AddLargest(GraphBuilder body, string value, int axis, int keepsAxis) =>
        body.Add("ReduceMax", [value], GraphBuilder.CreateIntegers("axes", axis), GraphBuilder.CreateInteger("keepdims", keepsAxis));

    /// <summary>Adds the index of the largest number along the first axis after the batch, the first of equals.</summary>
    private static string AddIndexOfLargest(GraphBuilder body, string value, int keepsAxis) =>
        body.Add("ArgMax", [value], GraphBuilder.CreateInteger("axis", 1), GraphBuilder.CreateInteger("keepdims", keepsAxis));
}
