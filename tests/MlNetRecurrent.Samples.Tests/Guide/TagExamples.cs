using Microsoft.ML;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class TagExamples
{
    public static void Slots()
    {
        var ml = new MLContext(seed: 1);
        IDataView training = ml.Data.LoadFromEnumerable(Requests.Generate(count: 300, seed: 1));
        IDataView test = ml.Data.LoadFromEnumerable(Requests.Generate(count: 100, seed: 2));

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Features", "Words")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Slots"))
            .Append(ml.MulticlassClassification.Trainers.SequenceTagger(hiddenSize: 16))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
        ITransformer model = pipeline.Fit(training);

        SequenceTaggingMetrics metrics = ml.MulticlassClassification.EvaluateSequences(model.Transform(test));
        Console.WriteLine($"of the words {metrics.TokenAccuracy:P1} are right, of the sentences {metrics.SequenceAccuracy:P1}");
        using var engine = ml.Model.CreatePredictionEngine<Request, TaggedRequest>(model);
        string[] words = "a train to rome from paris today".Split(' ');
        string[] slots = engine.Predict(new Request { Words = words }).Predicted;
        Console.WriteLine(string.Join(' ', words.Zip(slots, (word, slot) => $"{word}/{slot}")));
    }

    public static void Entities()
    {
        var ml = new MLContext(seed: 1);
        IDataView training = ml.Data.LoadFromEnumerable(Trips.Generate(count: 600, seed: 1));
        IDataView test = ml.Data.LoadFromEnumerable(Trips.Generate(count: 300, seed: 2));

        var options = new RecurrentOptions
        {
            Layers = [new LstmLayer(16) { Bidirectional = true }],
            UseCrf = true,
            TagScheme = TagScheme.Bio,
        };
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Features", "Words")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Slots"))
            .Append(ml.MulticlassClassification.Trainers.SequenceTagger(options));
        EntityMetrics metrics = ml.MulticlassClassification.EvaluateEntities(pipeline.Fit(training).Transform(test));
        Console.WriteLine(metrics.GetFormattedTable());
    }
}

/// <summary>Requests to a travel agency, for the page on tagging: only the words around a city tell its slot.</summary>
public class Request
{
    public string[] Words { get; set; } = [];

    // One label per word.
    public string[] Slots { get; set; } = [];
}

/// <summary>Generated requests.</summary>
internal static class Requests
{
    public static IEnumerable<Request> Generate(int count, int seed)
    {
        string[] cities = ["paris", "rome", "oslo", "lima", "cairo"], days = ["today", "tomorrow", "monday"];
        string[] templates =
        [
            "a {v} from {from} to {to} {day}", "a {v} to {to} from {from} {day}", "{day} to {to} by {v}", "leave {from} {day}",
        ];
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            string[] template = templates[random.Next(templates.Length)].Split(' ');
            yield return new Request
            {
                Words =
                [
                    .. template.Select(word => word switch
                    {
                        "{v}" => random.Next(2) == 0 ? "train" : "flight",
                        "{from}" or "{to}" => cities[random.Next(cities.Length)],
                        "{day}" => days[random.Next(days.Length)],
                        _ => word,
                    }),
                ],
                Slots = [.. template.Select(word => word is "{from}" or "{to}" or "{day}" ? word.Trim('{', '}') : "none")],
            };
        }
    }
}

/// <summary>Generated requests whose places have several words, tagged by BIO.</summary>
internal static class Trips
{
    public static IEnumerable<Request> Generate(int count, int seed)
    {
        string[] places = ["york", "new york", "new york city", "mexico", "mexico city", "new mexico", "city of london", "london"];
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            string from = places[random.Next(places.Length)], to = places[random.Next(places.Length)];
            (string Text, string Type)[] parts = random.Next(2) == 0
                ? [("a new train from", ""), (from, "FROM"), ("to", ""), (to, "TO")]
                : [("to", ""), (to, "TO"), (from, "FROM"), ("is the city to leave", "")];
            yield return new Request
            {
                Words = [.. parts.SelectMany(part => part.Text.Split(' '))],
                Slots = [.. parts.SelectMany(part => part.Text.Split(' ').Select((_, k) => Tag(part.Type, k)))],
            };
        }
    }

    private static string Tag(string type, int place) => type == "" ? "O" : place == 0 ? $"B-{type}" : $"I-{type}";
}

public class TaggedRequest
{
    public string[] Predicted { get; set; } = [];
}
