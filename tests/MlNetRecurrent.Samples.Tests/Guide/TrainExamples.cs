using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class TrainExamples
{
    public static void Validation()
    {
        var ml = new MLContext(seed: 1);
        IDataView motions = ml.Data.LoadFromEnumerable(Motions.Generate(count: 600, seed: 1));
        IDataView training = ml.Transforms.Conversion.MapValueToKey("Label").Fit(motions).Transform(motions);

        RecurrentTransformer network = ml.MulticlassClassification.Trainers.Recurrent(new RecurrentOptions
        {
            Layers = [new GruLayer(16)],
            ValidationFraction = 0.2,
            EarlyStoppingPatience = 5,
            Seed = 1,
        }).Fit(training);
        TrainingSummary summary = network.Training;
        Console.WriteLine($"epoch {summary.BestEpoch} of {summary.Epochs} was the best, with a loss of {summary.ValidationLoss:F2}");
        Console.WriteLine($"chosen: batches of {summary.BatchSize}, learning rate {summary.LearningRate}, {summary.Pooling}");
    }

    public static void Budget()
    {
        var ml = new MLContext(seed: 1);
        IDataView motions = ml.Data.LoadFromEnumerable(Motions.Generate(count: 8, seed: 1));
        IDataView training = ml.Transforms.Conversion.MapValueToKey("Label").Fit(motions).Transform(motions);

        using var budget = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        var options = new RecurrentOptions { CancellationToken = budget.Token, KeepModelWhenCancelled = true };
        ml.MulticlassClassification.Trainers.Recurrent(options).Fit(training);
    }

    public static void Continuation()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromEnumerable(Motions.Generate(count: 300, seed: 1));
        IDataView recent = ml.Data.LoadFromEnumerable(Motions.Generate(count: 300, seed: 4));

        ITransformer model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.Gru(numberOfEpochs: 3))
            .Fit(data);
        ml.Model.Save(model, data.Schema, "model.zip");

        ITransformer served = new MLContext().Model.Load("model.zip", out _);
        using var engine = ml.Model.CreatePredictionEngine<Motion, Activity>(served);

        var loaded = (TransformerChain<ITransformer>)ml.Model.Load("model.zip", out DataViewSchema schema);
        RecurrentTransformer before = loaded.OfType<RecurrentTransformer>().Single();
        var preparation = new TransformerChain<ITransformer>([.. loaded.TakeWhile(part => part != before)]);
        RecurrentTransformer after = ml.MulticlassClassification.Trainers.Gru().Fit(preparation.Transform(recent), before);
        var updated = new TransformerChain<ITransformer>([.. loaded.Select(part => part == before ? after : part)]);
        using (FileStream file = File.Create("model.zip.new"))
            ml.Model.Save(updated, schema, file);
        File.Move("model.zip.new", "model.zip", overwrite: true);

        IDataView test = ml.Data.LoadFromEnumerable(Motions.Generate(count: 300, seed: 2));
        double Accuracy(ITransformer chain) => ml.MulticlassClassification.Evaluate(chain.Transform(test)).MicroAccuracy;
        Console.WriteLine($"accuracy {Accuracy(loaded):F2} before, {Accuracy(updated):F2} after");
    }

    public static void Warnings()
    {
        var ml = new MLContext(seed: 1);
        IDataView days = ml.Data.LoadFromEnumerable(ShopDay.Generate(days: 30, seed: 1).ToArray());

        ml.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
                Console.WriteLine(message.RawMessage);
        };
        IDataView shuffled = ml.Data.ShuffleRows(days);
        ml.Transforms.SlidingWindow("Features", ["Sales"], windowSize: 7).Fit(shuffled).Transform(shuffled);
    }
}
