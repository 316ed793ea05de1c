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
}
