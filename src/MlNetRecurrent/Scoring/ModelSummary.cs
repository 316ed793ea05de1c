using System.Globalization;
using System.Text;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>Describes a model as text: a table of its layers, and a sentence about the training.</summary>
internal static class ModelSummary
{
    /// <summary>The most classes whose names are shown.</summary>
    private const int MostNames = 5;

    private static readonly string[] _header = ["layer", "output", "weights"];

    /// <summary>The table of the layers, with the shapes of their outputs and the numbers of their weights, and the training.</summary>
    public static string Describe(TrainedModel model)
    {
        NetworkDefinition network = model.Network.Definition;
        List<string[]> rows = [.. ListInputs(model), .. ListLayers(network)];
        int[] widths = [.. Enumerable.Range(0, 3).Select(i => rows.Append(_header).Max(row => row[i].Length))];
        string line = new('-', widths.Sum() + 4);
        var text = new StringBuilder();
        text.AppendLine(Format(_header, widths)).AppendLine(line);
        foreach (string[] row in rows)
            text.AppendLine(Format(row, widths));
        text.AppendLine(line).AppendLine(DescribeSize(network));
        foreach (JointOutput output in JointOutputs.PartsOf(model.Outputs))
            text.AppendLine(DescribeOutput(output));
        return text.Append(DescribeTraining(model.Training)).ToString();
    }

    /// <summary>One line: the columns that the model reads, the layers, and what it predicts.</summary>
    public static string DescribeShortly(TrainedModel model)
    {
        NetworkDefinition network = model.Network.Definition;
        string layers = string.Join(", ", network.Layers.Select(layer => layer.Describe()));
        string tasks = string.Join(", ", JointOutputs.PartsOf(model.Outputs).Select(output => output.Outputs.Task.Name));
        return $"{tasks} from {string.Join(", ", model.Inputs.Names)}: {layers}; {DescribeSize(network)}";
    }

    private static IEnumerable<string[]> ListInputs(TrainedModel model)
    {
        foreach ((int i, InputField field) in model.Inputs.Fields.Index())
        {
            string name = model.Inputs.All[i].Name, steps = field.IsStatic ? "" : "steps, ";
            string prefix = model.Inputs.Fields.Count == 1 ? "embedding." : $"embeddings.{i}.";
            bool isText = field.HasTokens;
            string what = field.Characters > 0 ? $"characters of {name}, one of {Count(field.Tokens - 1)}"
                : isText ? $"embedding of {name}, one of {Count(field.Tokens - 1)}"
                : name;
            yield return [what, $"[{steps}{field.Size}]", isText ? Weights(model.Network.Definition, prefix) : ""];
        }
    }

    private static IEnumerable<string[]> ListLayers(NetworkDefinition network)
    {
        string steps = "steps";
        foreach ((int i, LayerDefinition layer) in network.Layers.Index())
        {
            int reduction = network.Layers.Take(i + 1).Aggregate(1, (all, before) => all * before.TimeReduction);
            steps = reduction > 1 ? $"steps/{reduction}" : "steps";
            yield return [layer.Describe(), $"[{steps}, {layer.OutputSize}]", Weights(network, $"layers.{i}.")];
        }
        if (!network.EveryStep)
            yield return [$"pooling {(SequencePooling)network.Pooling}", $"[{network.EncodingSize}]", ""];
        string outputs = network.EveryStep ? $"[{steps}, {network.Outputs}]" : $"[{network.Outputs}]";
        yield return [$"linear, {network.Head}", outputs, Weights(network, "head.")];
    }

    private static string DescribeSize(NetworkDefinition network)
    {
        long weights = network.Tensors.Sum(tensor => tensor.Count);
        return string.Create(CultureInfo.InvariantCulture, $"{Count(weights)} weights ({weights * sizeof(float) / 1024.0:N0} KiB)");
    }

    private static string DescribeOutput(JointOutput output)
    {
        string columns = string.Join(", ", output.Outputs.Columns.Select(column => output.NameOf(column.Name)));
        string[] labels = output.Outputs.Describe().LabelValues ?? [];
        string more = labels.Length > MostNames ? ", …" : "";
        string names = labels.Length == 0 ? "" : $" ({Count(labels.Length)} labels: {string.Join(", ", labels.Take(MostNames))}{more})";
        return $"{output.Outputs.Task.Name}: {columns}{names}";
    }

    private static string DescribeTraining(TrainingSummary training)
    {
        if (training.Epochs == 0)
            return "Not trained by this library.";
        string validation = training.ValidationLoss is { } loss
            ? string.Create(CultureInfo.InvariantCulture, $", validation loss {loss:G4} (epoch {training.BestEpoch})")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Trained for {training.Epochs} epochs on {training.Sequences:N0} sequences: loss {training.FinalLoss:G4}{validation}.");
    }

    private static string Weights(NetworkDefinition network, string prefix) => Count(network.Tensors
        .Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Sum(tensor => tensor.Count));

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Format(string[] row, int[] widths) =>
        $"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadLeft(widths[2])}".TrimEnd();
}
