using Microsoft.ML;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class OutputExamples
{
    public static void Intents()
    {
        var ml = new MLContext(seed: 1);
        IDataView training = ml.Data.LoadFromEnumerable(Orders.Generate(count: 400, seed: 1));
        IDataView test = ml.Data.LoadFromEnumerable(Orders.Generate(count: 200, seed: 2));

        var options = new RecurrentOptions
        {
            LabelColumnName = "SlotKeys",
            FeatureColumnName = "WordKeys",
            Layers = [new LstmLayer(16) { Bidirectional = true }],
            AdditionalOutputs =
            [
                new("Intent", OutputTask.MulticlassClassification),
                new("IsUrgent", OutputTask.BinaryClassification) { LossWeight = 0.5f },
            ],
        };
        var pipeline = ml.Transforms.Conversion.MapValueToKey("WordKeys", "Words")
            .Append(ml.Transforms.Conversion.MapValueToKey("SlotKeys", "Slots"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Intent"))
            .Append(ml.MulticlassClassification.Trainers.SequenceTagger(options))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedSlots", "PredictedLabel"))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedIntent", "Intent.PredictedLabel"));
        ITransformer model = pipeline.Fit(training);

        IDataView scored = model.Transform(test);
        var slots = ml.MulticlassClassification.EvaluateSequences(scored, "SlotKeys");
        var intents = ml.MulticlassClassification.Evaluate(scored, "Intent", "Intent.Score", "Intent.PredictedLabel");
        var urgent = ml.BinaryClassification.Evaluate(
            scored, "IsUrgent", "IsUrgent.Score", "IsUrgent.Probability", "IsUrgent.PredictedLabel");
        Console.WriteLine($"slots {slots.TokenAccuracy:P1}, intents {intents.MicroAccuracy:P1}, urgent {urgent.Accuracy:P1}");

        using var engine = ml.Model.CreatePredictionEngine<Order, OrderPrediction>(model);
        OrderPrediction answer = engine.Predict(new Order { Words = "cancel the flight to oslo now".Split(' ') });
        Console.WriteLine($"{answer.PredictedIntent}: {string.Join(' ', answer.PredictedSlots)}");
    }
}

/// <summary>An order to a travel agency, for the page on several outputs.</summary>
public class Order
{
    public string[] Words { get; set; } = [];

    // One label per word.
    public string[] Slots { get; set; } = [];

    // One label per order.
    public string Intent { get; set; } = "";

    public bool IsUrgent { get; set; }
}

/// <summary>Generated orders.</summary>
internal static class Orders
{
    public static IEnumerable<Order> Generate(int count, int seed)
    {
        string[] cities = ["paris", "rome", "oslo", "lima", "cairo"], ends = ["now", "at once", "please", ""];
        (string Intent, string Text)[] templates =
        [
            ("book", "a {v} from {from} to {to}"), ("book", "book the {v} to {to}"), ("cancel", "cancel the {v} to {to}"),
            ("cancel", "no {v} from {from} any more"), ("ask", "is there a {v} to {to}"), ("ask", "when is the {v} from {from}"),
        ];
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            (string intent, string text) = templates[random.Next(templates.Length)];
            string end = ends[random.Next(ends.Length)];
            string[] template = $"{text} {end}".Trim().Split(' ');
            yield return new Order
            {
                Words =
                [
                    .. template.Select(word => word switch
                    {
                        "{v}" => random.Next(2) == 0 ? "train" : "flight",
                        "{from}" or "{to}" => cities[random.Next(cities.Length)],
                        _ => word,
                    }),
                ],
                Slots = [.. template.Select(word => word is "{from}" or "{to}" ? word.Trim('{', '}') : "none")],
                Intent = intent,
                IsUrgent = end is "now" or "at once",
            };
        }
    }
}

public class OrderPrediction
{
    public string[] PredictedSlots { get; set; } = [];

    public string PredictedIntent { get; set; } = "";
}
