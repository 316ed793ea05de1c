// Which bracket must close next? Six kinds of networks learn it from texts of up to 40 characters, and are asked about texts of up to 160.
using CompareCells;
using Microsoft.ML;
using Samples.Shared;

string pictures = PictureFolder.Of(args);
var mlContext = new MLContext(seed: 1);

Comparison alone = new(mlContext, Brackets.Alone), letters = new(mlContext, Brackets.AmongLetters);
foreach (Comparison comparison in new[] { alone, letters })
{
    comparison.Write();
    comparison.Draw(pictures);
}

// The network that was best in validation, saved, loaded and asked.
IDataView texts = BracketsModel.LoadTrainingTexts(mlContext, Brackets.Alone);
BracketsModel.SaveModel(mlContext, alone.Best.Model, texts, BracketsModel.MLNetModelPath);
var input = new BracketsModel.ModelInput { Text = "{[()[{}]](()())" };
Console.WriteLine($"After {input.Text} must come {BracketsModel.Predict(input).PredictedLabel}, says {alone.Best.Contestant.Name}:");
foreach ((string bracket, float probability) in BracketsModel.PredictAllLabels(input))
    Console.WriteLine($"  {bracket} {probability,6:P0}");
Console.WriteLine($"Pictures: {Path.Combine(pictures, "*.png")}");

// The sample is also a check: all networks know more than a guess where letters do not come between, stacks have found the rule, which
// holds for any length, and gates remember across letters.
return alone.Trials.All(trial => trial.At(Comparison.Trained) > alone.Guess(Comparison.Trained) + 0.05)
    && alone[Contestant.StacksAlone].At(Comparison.FourTimes) > 0.95
    && letters[Contestant.Lstm].At(Comparison.Trained) > letters[Contestant.Elman].At(Comparison.Trained) + 0.1
    ? 0 : 1;
