using Microsoft.ML;
using MlNetRecurrent;

// Waves of 20 to 39 readings, half of them fast. A row is an object: the readings, and whether they are fast.
float[] Wave(int i) => [.. Enumerable.Range(i, 20 + i % 20).Select(t => MathF.Sin((i % 2 == 0 ? 0.3f : 0.6f) * t))];
var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(i => new { Features = Wave(i), Label = i % 2 == 1 }));
var split = ml.Data.TrainTestSplit(rows, testFraction: 0.25);

var trainer = ml.BinaryClassification.Trainers.Gru(hiddenSize: 16, numberOfEpochs: 20, progress: new ConsoleProgress());
ml.Model.Save(trainer.Fit(split.TrainSet), rows.Schema, "waves.zip");

RecurrentTransformer loaded = ml.Model.LoadRecurrent("waves.zip");
Console.WriteLine(loaded.Summary());
Console.WriteLine($"accuracy {ml.BinaryClassification.Evaluate(loaded.Transform(split.TestSet)).Accuracy:F3}");
