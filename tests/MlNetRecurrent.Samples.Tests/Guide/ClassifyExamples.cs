using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class ClassifyExamples
{
    public static void Multiclass()
    {
        var ml = new MLContext(seed: 1);
        IDataView training = ml.Data.LoadFromEnumerable(Motions.Generate(count: 600, seed: 1));
        IDataView test = ml.Data.LoadFromEnumerable(Motions.Generate(count: 300, seed: 2));
        Motion recording = Motions.Generate(count: 1, seed: 3).Single();

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.Lstm())
            .Append(ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel"));
        ITransformer model = pipeline.Fit(training);

        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(test));
        Console.WriteLine($"accuracy {metrics.MicroAccuracy:F3}, log-loss {metrics.LogLoss:F3}");
        using var engine = ml.Model.CreatePredictionEngine<Motion, Activity>(model);
        Activity activity = engine.Predict(recording);
        Console.WriteLine($"{activity.Name}, with probability {activity.Score.Max():F2}");
    }

    public static void Binary()
    {
        var ml = new MLContext(seed: 1);
        IDataView training = ml.Data.LoadFromEnumerable(Session.Generate(count: 600, seed: 1));
        IDataView test = ml.Data.LoadFromEnumerable(Session.Generate(count: 300, seed: 2));

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Features", "Events")
            .Append(ml.BinaryClassification.Trainers.Gru("IsAttack"));
        ITransformer model = pipeline.Fit(training);
        CalibratedBinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(model.Transform(test), "IsAttack");
        Console.WriteLine($"accuracy {metrics.Accuracy:F3}, F1 {metrics.F1Score:F3}");
    }

    public static void Texts()
    {
        var ml = new MLContext(seed: 1);
        IDataView training = ml.Data.LoadFromEnumerable(Message.Generate(count: 600, seed: 1));
        IDataView test = ml.Data.LoadFromEnumerable(Message.Generate(count: 300, seed: 2));

        var pipeline = ml.Transforms.Text.TokenizeIntoWords("Words", "Text")
            .Append(ml.Transforms.Conversion.MapValueToKey("Features", "Words"))
            .Append(ml.BinaryClassification.Trainers.Lstm("Topics"));
        ITransformer model = pipeline.Fit(training);

        MultiLabelClassificationMetrics metrics = ml.BinaryClassification.EvaluateMultiLabel(model.Transform(test), "Topics");
        Console.WriteLine($"all topics right {metrics.SubsetAccuracy:F3}, F1 {metrics.MicroF1:F3}");
        using var engine = ml.Model.CreatePredictionEngine<Message, Topics>(model);
        Topics topics = engine.Predict(new Message { Text = "the parcel is late , but the invoice is fine" });
        Console.WriteLine(string.Join(", ", topics.Probability.Select(probability => $"{probability:F2}")));
    }
}

/// <summary>Messages of customers, for the page on classification: what is late, wrong or fine tells the topics.</summary>
public class Message
{
    public string Text { get; set; } = "";

    // Whether the message complains about the delivery, and whether it complains about the invoice.
    [VectorType(2)]
    public bool[] Topics { get; set; } = new bool[2];

    public static IEnumerable<Message> Generate(int count, int seed)
    {
        string[] subjects = ["the parcel", "the invoice"];
        string[] complaints = ["late", "wrong", "not here"], praises = ["fine", "not late", "here"];
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            int first = random.Next(2);
            bool[] topics = [random.Next(2) == 0, random.Next(2) == 0];
            string[] parts =
                [.. subjects.Zip(topics, (subject, isBad) => $"{subject} is {(isBad ? complaints : praises)[random.Next(3)]}")];
            string word = random.Next(2) == 0 ? "but" : "and";
            yield return new Message { Text = $"{parts[first]} , {word} {parts[1 - first]}", Topics = topics };
        }
    }
}

public class Topics
{
    public float[] Probability { get; set; } = [];
}
