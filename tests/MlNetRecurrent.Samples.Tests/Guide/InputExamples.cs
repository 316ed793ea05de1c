using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class InputExamples
{
    public static void Machines()
    {
        var ml = new MLContext(seed: 1);
        IDataView training = ml.Data.LoadFromEnumerable(MachineLogs.Generate(count: 1500, seed: 1));
        IDataView test = ml.Data.LoadFromEnumerable(MachineLogs.Generate(count: 500, seed: 2));

        var keys = ml.Transforms.Conversion.MapValueToKey("EventKeys", "Events")
            .Append(ml.Transforms.Conversion.MapValueToKey("TypeKey", "Type"));
        var options = new RecurrentOptions
        {
            FeatureColumnNames = ["Readings", "EventKeys"],
            StaticColumnNames = ["TypeKey", "Age"],
            EmbeddingSizes = new Dictionary<string, int> { ["EventKeys"] = 8, ["TypeKey"] = 2 },
        };
        ITransformer model = keys.Append(ml.BinaryClassification.Trainers.Recurrent(options)).Fit(training);
        Console.WriteLine($"all columns: {ml.BinaryClassification.Evaluate(model.Transform(test)).Accuracy:P1}");

        ITransformer fromReadings = ml.BinaryClassification.Trainers.Lstm("Label", "Readings").Fit(training);
        Console.WriteLine($"the readings alone: {ml.BinaryClassification.Evaluate(fromReadings.Transform(test)).Accuracy:P1}");
    }

    public static void Lines()
    {
        var ml = new MLContext(seed: 1);
        MachineLog[] logs = [.. MachineLogs.Generate(count: 100, seed: 1)];
        IDataView lines = ml.Data.LoadFromEnumerable(logs.SelectMany((log, machine) => log.Events.Select((name, t) => new LogLine
        {
            Machine = $"m{machine}",
            Second = t,
            Event = name,
            Vibration = log.Readings[2 * t + 1],
            Type = log.Type,
            Fails = log.Label,
        })).ToArray());

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Event")
            .Append(ml.Transforms.Conversion.MapValueToKey("Type"))
            .Append(ml.Transforms.GroupIntoSequences(
                groupColumnName: "Machine", orderColumnName: "Second",
                sequenceColumnNames: ["Event", "Vibration"], scalarColumnNames: ["Type", "Fails"]))
            .Append(ml.BinaryClassification.Trainers.Recurrent(new RecurrentOptions
            {
                LabelColumnName = "Fails",
                FeatureColumnNames = ["Vibration", "Event"],
                StaticColumnNames = ["Type"],
            }));
        ITransformer model = pipeline.Fit(lines);
        Console.WriteLine($"{model.Transform(lines).GetColumn<float>("Probability").Count()} machines");
    }

    public static void Characters()
    {
        var ml = new MLContext(seed: 1);
        IDataView training = ml.Data.LoadFromEnumerable(InventedWords.Generate(count: 400, seed: 1));
        IDataView test = ml.Data.LoadFromEnumerable(InventedWords.Generate(count: 200, seed: 2));

        var pipeline = ml.Transforms.Conversion.MapValueToKey("WordKeys", "Words")
            .Append(ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Tags"))
            .Append(ml.MulticlassClassification.Trainers.SequenceTagger(new RecurrentOptions
            {
                FeatureColumnNames = ["WordKeys", "Characters"],
                Layers = [new LstmLayer(32) { Bidirectional = true }],
            }));
        ITransformer model = pipeline.Fit(training);
        Console.WriteLine($"with characters: {ml.MulticlassClassification.EvaluateSequences(model.Transform(test)).TokenAccuracy:P1}");

        ITransformer ofWords = ml.Transforms.Conversion.MapValueToKey("WordKeys", "Words")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Tags"))
            .Append(ml.MulticlassClassification.Trainers.SequenceTagger("Label", "WordKeys", hiddenSize: 32)).Fit(training);
        Console.WriteLine($"words alone: {ml.MulticlassClassification.EvaluateSequences(ofWords.Transform(test)).TokenAccuracy:P1}");
    }
}

/// <summary>The log of a machine, for the page on several columns.</summary>
public class MachineLog
{
    // Temperature and vibration at each step.
    [VectorType(0, 2)]
    public float[] Readings { get; set; } = [];

    // One event at each step.
    public string[] Events { get; set; } = [];

    // These hold for the whole log.
    public string Type { get; set; } = "";

    public float Age { get; set; }

    // Whether the machine fails in the next hour.
    public bool Label { get; set; }
}

/// <summary>A line of such a log, as a file has it.</summary>
public class LogLine
{
    public string Machine { get; set; } = "";

    public float Second { get; set; }

    public string Event { get; set; } = "";

    public float Vibration { get; set; }

    public string Type { get; set; } = "";

    public bool Fails { get; set; }
}

/// <summary>Generated logs: which vibration a machine bears depends on its type and its age, and an inspection ends the danger.</summary>
internal static class MachineLogs
{
    private static readonly string[] _events = ["start", "idle", "work", "inspection"];

    public static IEnumerable<MachineLog> Generate(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            string type = random.Next(2) == 0 ? "press" : "lathe";
            float age = 10 * random.NextSingle(), limit = (type == "press" ? 1.6f : 0.8f) - 0.04f * age;
            int steps = random.Next(10, 31);
            bool isInDanger = false;
            var log = new MachineLog { Type = type, Age = age, Readings = new float[2 * steps], Events = new string[steps] };
            for (int t = 0; t < steps; t++)
            {
                float vibration = random.NextSingle() * (random.Next(8) == 0 ? 2 : 0.5f);
                log.Readings[2 * t] = 60 + 10 * random.NextSingle();
                log.Readings[2 * t + 1] = vibration;
                log.Events[t] = _events[random.Next(20) == 0 ? 3 : random.Next(3)];
                isInDanger = (isInDanger || vibration > limit) && log.Events[t] != "inspection";
            }
            log.Label = isInDanger;
            yield return log;
        }
    }
}

/// <summary>A sentence of invented words, of which most are new in each sentence.</summary>
public class InventedSentence
{
    public string[] Words { get; set; } = [];

    public string[] Tags { get; set; } = [];
}

/// <summary>Generated sentences: the ending of a word tells its tag.</summary>
internal static class InventedWords
{
    private static readonly (string Ending, string Tag)[] _endings =
        [("ness", "noun"), ("ish", "adjective"), ("ize", "verb"), ("ly", "adverb")];

    public static IEnumerable<InventedSentence> Generate(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            var words = Enumerable.Range(0, random.Next(4, 9)).Select(_ => _endings[random.Next(_endings.Length)]).ToArray();
            yield return new InventedSentence
            {
                Words = [.. words.Select(word => Stem(random) + word.Ending)],
                Tags = [.. words.Select(word => word.Tag)],
            };
        }
    }

    private static string Stem(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => (char)random.Next('a', 'z' + 1)));
}
