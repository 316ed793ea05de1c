using Microsoft.ML;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class TransferExamples
{
    public static void NewLabels()
    {
        var ml = new MLContext(seed: 1);
        IDataView messages = Keyed(ml, ml.Data.LoadFromEnumerable(Ticket.Generate(count: 1500, seed: 1)));
        IDataView tickets = Keyed(ml, ml.Data.LoadFromEnumerable(Ticket.Generate(count: 16, seed: 2)));
        IDataView test = Keyed(ml, ml.Data.LoadFromEnumerable(Ticket.Generate(count: 300, seed: 3)));

        RecurrentTransformer before = ml.BinaryClassification.Trainers.Gru("Topics", "Words").Fit(messages);

        var options = new RecurrentOptions
        {
            LabelColumnName = "Team",
            FeatureColumnName = "Words",
            Layers = [new GruLayer(64) { Trainable = false }],
            ReplaceOutputs = true,
        };
        RecurrentTransformer after = ml.MulticlassClassification.Trainers.Recurrent(options).Fit(tickets, before);
        RecurrentTransformer alone = ml.MulticlassClassification.Trainers.Gru("Team", "Words").Fit(tickets);
        foreach ((string name, RecurrentTransformer model) in new[] { ("on the layers of the topics", after), ("alone", alone) })
        {
            double accuracy = ml.MulticlassClassification.Evaluate(model.Transform(test), "Team").MicroAccuracy;
            Console.WriteLine($"16 tickets, {name}: accuracy {accuracy:F2}");
        }
    }

    // Compiled, not run: there is no such model.
    public static void Find(MLContext ml, IEstimator<ITransformer> pipeline, IDataView data)
    {
        RecurrentTransformer fromFile = ml.Model.LoadRecurrent("model.zip");
        RecurrentTransformer fromPipeline = pipeline.Fit(data).GetRecurrent();
        Console.WriteLine($"{fromFile} {fromPipeline}");
    }

    public static void Vectors()
    {
        var ml = new MLContext(seed: 1);
        File.WriteAllText("vectors.txt", "parcel 0.2 -0.1 0.4\ninvoice 0.1 0.3 -0.2\nlate -0.5 0.1 0.2\nfine 0.6 -0.2 0.1\n");
        IDataView messages = Keyed(ml, ml.Data.LoadFromEnumerable(Ticket.Generate(count: 200, seed: 1)));

        var options = new RecurrentOptions
        {
            LabelColumnName = "Topics",
            FeatureColumnName = "Words",
            EmbeddingVectors = new Dictionary<string, EmbeddingVectors> { ["Words"] = EmbeddingVectors.Load("vectors.txt") },
        };
        Console.WriteLine(ml.BinaryClassification.Trainers.Recurrent(options).Fit(messages).Summary().Split(Environment.NewLine)[2]);
    }

    private static IDataView Keyed(MLContext ml, IDataView rows) =>
        ml.Transforms.Text.TokenizeIntoWords("Words", "Text")
            .Append(ml.Transforms.Conversion.MapValueToKey("Words", keyData: Dictionary(ml, Ticket.Words)))
            .Append(ml.Transforms.Conversion.MapValueToKey("Team", keyData: Dictionary(ml, Ticket.Teams)))
            .Fit(rows).Transform(rows);

    private static IDataView Dictionary(MLContext ml, IEnumerable<string> values) =>
        ml.Data.LoadFromEnumerable(values.Select(value => new { Value = value }));
}

/// <summary>A message with the team that answers it, for the page on transfer.</summary>
public class Ticket
{
    private static readonly string[] _teams = ["nobody", "delivery", "billing", "both"];

    public string Text { get; set; } = "";

    [Microsoft.ML.Data.VectorType(2)]
    public bool[] Topics { get; set; } = new bool[2];

    public string Team { get; set; } = "";

    internal static IReadOnlyList<string> Teams => _teams;

    internal static IEnumerable<string> Words =>
        Message.Generate(count: 500, seed: 1).SelectMany(message => message.Text.Split(' ')).Distinct().Order();

    internal static IEnumerable<Ticket> Generate(int count, int seed) => Message.Generate(count, seed).Select(message => new Ticket
    {
        Text = message.Text,
        Topics = message.Topics,
        Team = _teams[(message.Topics[0] ? 1 : 0) + (message.Topics[1] ? 2 : 0)],
    });
}
