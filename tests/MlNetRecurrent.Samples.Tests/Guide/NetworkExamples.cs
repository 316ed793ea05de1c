using Microsoft.ML;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class NetworkExamples
{
    public static void Sizes()
    {
        var ml = new MLContext(seed: 1);
        IDataView motions = ml.Data.LoadFromEnumerable(Motions.Generate(count: 600, seed: 1));
        IDataView training = ml.Transforms.Conversion.MapValueToKey("Label").Fit(motions).Transform(motions);

        foreach (int units in (int[])[8, 32, 64])
        {
            RecurrentTrainer trainer = ml.MulticlassClassification.Trainers.Gru(hiddenSize: units, validationFraction: 0.2);
            RecurrentTransformer network = trainer.Fit(training);
            Console.WriteLine($"{units} units, {network.NumberOfParameters} parameters: {network.Training.ValidationLoss:F3}");
        }
    }

    public static void Layers()
    {
        var ml = new MLContext(seed: 1);
        IDataView motions = ml.Data.LoadFromEnumerable(Motions.Generate(count: 8, seed: 1));
        IDataView training = ml.Transforms.Conversion.MapValueToKey("Label").Fit(motions).Transform(motions);

        RecurrentTrainer trainer = ml.MulticlassClassification.Trainers.DeepRnn(
        [
            new GruLayer(32) { Bidirectional = true, Dropout = 0.2f },
            new LstmLayer(32) { TimeReduction = 2 },
        ]);
        trainer.Fit(training);
    }
}
