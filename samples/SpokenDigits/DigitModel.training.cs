// Trains the model and saves it. The file has the methods that Model Builder generates, so that the model can be trained again on
// other recordings.
using Microsoft.ML;
using Microsoft.ML.Transforms;
using MlNetRecurrent;

namespace SpokenDigits;

public static partial class DigitModel
{
    /// <summary>The list of recordings that the program writes into the folder of <c>--save</c>.</summary>
    public const string RetrainFilePath = "words.tsv";

    /// <summary>The separator of its columns.</summary>
    public const char RetrainSeparatorChar = '\t';

    /// <summary>Whether its first line has the names of the columns.</summary>
    public const bool RetrainHasHeader = true;

    /// <summary>Whether its values may stand in quotes.</summary>
    public const bool RetrainAllowQuoting = false;

    /// <summary>The steps that each layer of the pyramid but the first reads as one.</summary>
    public const int Pyramid = 2;

    /// <summary>Layers that join nothing, each as long as the word.</summary>
    public const int FullLength = 1;

    /// <summary>Trains on all recordings of a list, and saves the model.</summary>
    /// <param name="outputModelPath">The file for the model.</param>
    /// <param name="inputDataFilePath">The list, with the columns of <see cref="ListedRecording"/>.</param>
    /// <param name="separatorChar">The separator of the columns.</param>
    /// <param name="hasHeader">Whether the first line has the names of the columns.</param>
    /// <param name="allowQuoting">Whether values may stand in quotes.</param>
    public static void Train(
        string outputModelPath, string inputDataFilePath = RetrainFilePath, char separatorChar = RetrainSeparatorChar,
        bool hasHeader = RetrainHasHeader, bool allowQuoting = RetrainAllowQuoting)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = LoadIDataViewFromFile(mlContext, inputDataFilePath, separatorChar, hasHeader, allowQuoting);
        ITransformer model = RetrainModel(mlContext, data);
        SaveModel(mlContext, model, data, outputModelPath);
    }

    /// <summary>Reads a list and the recordings that it names, and makes frames of their sound.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="inputDataFilePath">The list, with the columns of <see cref="ListedRecording"/>.</param>
    /// <param name="separatorChar">The separator of the columns.</param>
    /// <param name="hasHeader">Whether the first line has the names of the columns.</param>
    /// <param name="allowQuoting">Whether values may stand in quotes.</param>
    /// <returns>A row for each recording, with the columns of <see cref="ModelInput"/>.</returns>
    public static IDataView LoadIDataViewFromFile(
        MLContext mlContext, string inputDataFilePath, char separatorChar, bool hasHeader, bool allowQuoting)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(inputDataFilePath))!;
        IDataView list = mlContext.Data.LoadFromTextFile<ListedRecording>(inputDataFilePath, separatorChar, hasHeader, allowQuoting);
        return mlContext.Data.LoadFromEnumerable(
            mlContext.Data.CreateEnumerable<ListedRecording>(list, reuseRowObject: true).Select(entry => new ModelInput
            {
                Frames = LogMel.Of(Recording.ReadSamples(Path.Combine(folder, entry.File))),
                Digit = entry.Digit,
            }).ToArray());
    }

    /// <summary>Saves a model.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">Data with the columns that the model was trained on.</param>
    /// <param name="modelSavePath">The file for the model.</param>
    public static void SaveModel(MLContext mlContext, ITransformer model, IDataView data, string modelSavePath) =>
        mlContext.Model.Save(model, data.Schema, modelSavePath);

    /// <summary>Trains on some data.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="trainData">Words, as frames, with their digits.</param>
    /// <returns>The trained model.</returns>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData) => BuildPipeline(mlContext).Fit(trainData);

    /// <summary>Builds the pipeline, with a pyramid of three layers in both directions.</summary>
    /// <param name="mlContext">The context.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext) => BuildPipeline(mlContext, Pyramid);

    /// <summary>Builds the pipeline, with three layers in both directions.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="timeReduction">The steps that the second layer and the third read as one.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext, int timeReduction)
    {
        // Schedule and epochs were chosen on speakers of whom neither training nor test have heard.
        // Layers as PyramidalRnn has them, of which the short form says no more than size, epochs and rate.
        var options = new RecurrentOptions
        {
            FeatureColumnName = nameof(ModelInput.Frames),
            Layers =
            [
                new LstmLayer(32) { Bidirectional = true },
                new LstmLayer(32) { Bidirectional = true, TimeReduction = timeReduction },
                new LstmLayer(32) { Bidirectional = true, TimeReduction = timeReduction },
            ],
            Pooling = SequencePooling.Last,
            LearningRate = 3e-3f,
            Schedule = LearningRateSchedule.Cosine,
            NumberOfEpochs = 12,
            Seed = 1,
            Progress = new ConsoleProgress(),
        };
        return mlContext.Transforms.Conversion
            .MapValueToKey("Label", nameof(ModelInput.Digit), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(mlContext.MulticlassClassification.Trainers.Recurrent(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedDigit", "PredictedLabel"));
    }
}
