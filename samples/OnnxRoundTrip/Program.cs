using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent;

// Melodies that rise or fall: a network learns which, leaves as ONNX, and comes back.
var ml = new MLContext(seed: 1);
IDataView training = ml.Data.LoadFromEnumerable(Melody.Generate(count: 500, seed: 1));
IDataView test = ml.Data.LoadFromEnumerable(Melody.Generate(count: 200, seed: 2));
RecurrentTransformer model = ml.BinaryClassification.Trainers.Gru(hiddenSize: 16, pooling: SequencePooling.Last).Fit(training);
Console.WriteLine($"the network: accuracy {Accuracy(model):F3}");
model.SaveAsOnnx("melodies.onnx");

// In OnnxRuntime, with the columns of the network: evaluators take them.
ITransformer inOnnxRuntime = ml.Transforms.ApplyRecurrentOnnx("melodies.onnx").Fit(test);
Console.WriteLine($"the file in OnnxRuntime: accuracy {Accuracy(inOnnxRuntime):F3}");

// With what ML.NET has: the vectors that stand in the file.
IDataView vectors = ml.Transforms.ApplyOnnxModel(["Score"], ["Features"], "melodies.onnx").Fit(test).Transform(test);
IEnumerable<float> scores = model.Transform(test).GetColumn<float>("Score");
float difference = vectors.GetColumn<float[]>("Score").Zip(scores, (one, other) => Math.Abs(one[0] - other)).Max();
Console.WriteLine($"ApplyOnnxModel's scores are the network's: {difference < 1e-5}");

// Back, to be trained on.
RecurrentTransformer loaded = RecurrentModel.LoadOnnx("melodies.onnx");
RecurrentTrainer trainer = ml.BinaryClassification.Trainers.Gru(hiddenSize: 16, numberOfEpochs: 5, learningRate: 1e-3f);
RecurrentTransformer trained = trainer.Fit(training, loaded);
Console.WriteLine($"read, and trained on: accuracy {Accuracy(trained):F3}");

double Accuracy(ITransformer transformer) => ml.BinaryClassification.Evaluate(transformer.Transform(test)).Accuracy;

public class Melody
{
    // Any number of notes, one number each.
    [VectorType(0, 1)]
    public float[] Features { get; set; } = [];

    // Whether it rises.
    public bool Label { get; set; }

    public static IEnumerable<Melody> Generate(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            bool rises = random.Next(2) == 0;
            double note = 60 + 12 * random.NextDouble(), step = rises ? 0.5 : -0.5;
            yield return new Melody
            {
                Label = rises,
                Features =
                [
                    .. Enumerable.Range(0, random.Next(5, 20))
                        .Select(t => (float)(note + step * t + 6 * (random.NextDouble() - 0.5))),
                ],
            };
        }
    }
}
