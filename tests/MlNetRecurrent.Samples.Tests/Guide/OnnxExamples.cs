using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class OnnxExamples
{
    public static void Pipeline()
    {
        var ml = new MLContext(seed: 1);
        IDataView training = ml.Data.LoadFromEnumerable(Session.Generate(count: 300, seed: 1));

        ITransformer model = ml.Transforms.Conversion.MapValueToKey("Features", "Events")
            .Append(ml.BinaryClassification.Trainers.Gru("IsAttack", hiddenSize: 16, numberOfEpochs: 5))
            .Fit(training);
        model.SaveAsOnnx(training.Schema, "sessions.onnx");

        // The words go in, and the file holds the dictionary.
        IDataView scored = ml.Transforms.ApplyOnnxModel(["Probability"], ["Events"], "sessions.onnx").Fit(training).Transform(training);
        float difference = scored.GetColumn<float[]>("Probability").Select(vector => vector[0])
            .Zip(model.Transform(training).GetColumn<float>("Probability"), (one, other) => Math.Abs(one - other)).Max();
        Console.WriteLine($"the same probabilities: {difference < 1e-5f}");

        string[] events = ["login", "fail", "fail", "fail", "read"];
        using var session = new InferenceSession("sessions.onnx");
        using var outputs = session.Run([NamedOnnxValue.CreateFromTensor("Events", new DenseTensor<string>(events, [1, events.Length]))]);
        float probability = outputs.Single(output => output.Name == "Probability").AsTensor<float>()[0, 0];
        Console.WriteLine($"an attack: {probability > 0.5f}");
    }

    public static void Foreign()
    {
        var ml = new MLContext(seed: 1);
        IDataView motions = ml.Data.LoadFromEnumerable(Motions.Generate(count: 100, seed: 1));
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(motions).Transform(motions);
        ml.MulticlassClassification.Trainers.Lstm(hiddenSize: 8, numberOfEpochs: 1).Fit(keyed).SaveAsOnnx("network.onnx");

        RecurrentTransformer network = RecurrentModel.LoadOnnx("network.onnx", "Features", labels: ["walk", "run", "stairs"]);
        Assert.True(network.Transform(motions).GetColumn<float[]>("Score").All(score => score.Length == 3));
    }
}
